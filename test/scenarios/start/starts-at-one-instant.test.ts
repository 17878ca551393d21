import { afterEach, describe, expect, it } from 'vitest'
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/start-sandbox'
import { answered } from '../../helpers/answered'
import { createProcesses } from '../../helpers/in-process'
import { agentSays } from '../../helpers/talk'

/** Several starts of one user at the same moment, each in a process of its own. */

let sandbox: Sandbox
afterEach(() => sandbox.close())
const open = async (count: number, options: SandboxOptions = {}): Promise<void> => {
  const processes = createProcesses(count)
  let nth = 0
  // Each start in another process.
  processes.serve((body) => (body.includes('startHitl') ? nth++ % count : 0))
  sandbox = await startSandbox({ timeScale: 5, latencyMs: 10, startIntegration: processes.start, ...options })
}
const newUser = async (): Promise<string> => {
  const { userId } = await sandbox.installation.runAction('createUser', { name: 'Teal' })
  return String(userId)
}
type Said = { title: string; lines: string[] }
const startOf = async (userId: string, { title, lines }: Said): Promise<string> => {
  const messageHistory = lines.map((text) => ({ source: { type: 'user', userId }, type: 'text', payload: { text } }))
  const { conversationId } = await sandbox.installation.runAction('startHitl', { userId, title, messageHistory })
  return String(conversationId)
}
const kettle = { title: 'Broken kettle', lines: ['Hello', 'A person, please'] }
const openChats = () => sandbox.livechat.desk.chats().filter(({ state }) => state !== 'closed')

describe('starts with the same title and the same last words', () => {
  it.each([1, 2, 3])('lead to one session, in %i processes', async (count) => {
    await open(count)
    const userId = await newUser()
    const ids = await Promise.all([1, 2, 3].map(() => startOf(userId, kettle)))
    await sandbox.settle()
    expect(new Set(ids).size).toBe(1)
    expect(openChats()).toHaveLength(1)
  })

  it('are two sessions half a minute apart', async () => {
    await open(2)
    const userId = await newUser()
    const first = await startOf(userId, kettle)
    await sandbox.advance(30_000)
    expect(await startOf(userId, kettle)).not.toBe(first)
    expect(openChats()).toHaveLength(2)
  })

  it('are two sessions if the first has ended meanwhile', async () => {
    await open(2)
    const userId = await newUser()
    const first = await startOf(userId, kettle)
    await sandbox.installation.runAction('stopHitl', { conversationId: first })
    await sandbox.settle()
    expect(await startOf(userId, kettle)).not.toBe(first)
    expect(openChats()).toHaveLength(1)
  })

  it('do not wait for one whose process was killed', async () => {
    await open(1)
    const userId = await newUser()
    sandbox.faults.livechat.add({ route: 'customer/start_chat', effect: { kind: 'hang' } })
    const mark = sandbox.ledger.mark()
    const killed = startOf(userId, kettle).catch(() => 'failed')
    await answered(sandbox, 'POST /v1/chat/states/:type/:id/:name/get-or-set', mark, 2)
    await sandbox.integration.restart()
    await sandbox.advance(12_000)
    const conversationId = await startOf(userId, kettle)
    expect(conversationId).toMatch(/^conv_/)
    await killed
  })

  it('of people who share a user by their e-mail address are two sessions', async () => {
    await open(2, { configuration: { mergeByEmail: true } })
    const email = 'same@example.com'
    const { userId } = await sandbox.installation.runAction('createUser', { name: 'Teal', email })
    const ids = await Promise.all([startOf(String(userId), kettle), startOf(String(userId), kettle)])
    expect(new Set(ids).size).toBe(2)
  })
})

describe('different starts of one user', () => {
  const starts = ['One', 'Two', 'Three', 'Four'].map((title) => ({ title, lines: ['A person, please'] }))

  it.each([false, true])('get a session each, of a known user: %s', async (isKnown) => {
    await open(4)
    const userId = await newUser()
    if (isKnown) {
      await sandbox.installation.runAction('stopHitl', { conversationId: await startOf(userId, kettle) })
      await sandbox.settle()
      await sandbox.advance(60_000)
    }
    const ids = await Promise.all(starts.map((start) => startOf(userId, start)))
    await sandbox.settle()
    await sandbox.advance(10_000)
    expect(new Set(ids).size).toBe(4)
    expect(openChats()).toHaveLength(4)
    // No identity is lost: each session can still be ended, by a process that knows none of them.
    await sandbox.integration.restart()
    for (const conversationId of ids) await sandbox.installation.runAction('stopHitl', { conversationId })
    await sandbox.settle()
    expect(openChats()).toEqual([])
  })

  it('are one each, although equal ones come between them', async () => {
    await open(4)
    const userId = await newUser()
    const [one, two] = [starts[0]!, starts[1]!]
    const ids = await Promise.all([one, two, one, two].map((start) => startOf(userId, start)))
    await sandbox.settle()
    expect(new Set(ids).size).toBe(2)
    expect(openChats()).toHaveLength(2)
  })

  it.each(['accounts/token', 'customer/start_chat', 'POST /v1/chat/conversations/get-or-create'])(
    'do not fail each other, the second while the first waits for %s',
    async (route) => {
      await open(2)
      const userId = await newUser()
      const faults = route.startsWith('POST') ? sandbox.faults.botpress : sandbox.faults.livechat
      faults.add({ route, effect: { kind: 'delay', delayMs: 300 } })
      const mark = sandbox.ledger.mark()
      const first = startOf(userId, starts[0]!)
      await answered(sandbox, 'POST /v1/chat/states/:type/:id/:name/get-or-set', mark)
      const ids = await Promise.all([first, startOf(userId, starts[1]!)])
      await sandbox.settle()
      await sandbox.advance(10_000)
      expect(new Set(ids).size).toBe(2)
      for (const { chatId, agentIds } of openChats()) await agentSays(sandbox, chatId, 'Hi', agentIds[0])
      expect(openChats()).toHaveLength(2)
    },
  )
})
