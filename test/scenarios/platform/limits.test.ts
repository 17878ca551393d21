import { afterEach, expect, it } from 'vitest'
import type { LedgerEntry } from '../../../sandbox/ledger'
import { amber, startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { agentSays, startTalk } from '../../helpers/talk'

/** What a process holds in memory is limited, and so is what it can read. */

let sandbox: Sandbox
afterEach(() => sandbox.close())

const mostAtOnce = (calls: LedgerEntry[]): number =>
  Math.max(
    ...calls.map(
      ({ startedMs = 0 }) =>
        calls.filter((other) => (other.startedMs ?? 0) <= startedMs && startedMs < (other.endedMs ?? 0)).length,
    ),
  )

it('a thread of more than 8 MiB is still read: its last words arrive', async () => {
  sandbox = await startSandbox()
  const talk = await startTalk(sandbox)
  await agentSays(sandbox, talk.chatId, 'Hi')
  const long = 'x'.repeat(15_900)
  for (let index = 0; index < 560; index += 1) {
    sandbox.livechat.desk.say(talk.chatId, amber.email, `${index} ${long}`)
    if (index % 40 === 0) await sandbox.settle()
  }
  await sandbox.settle()
  const route = 'POST /v1/chat/messages/get-or-create'
  const heal = sandbox.faults.botpress.add({ route, times: Infinity, effect: { kind: 'status', status: 503 } })
  await agentSays(sandbox, talk.chatId, 'Your code is 4711')
  await sandbox.advance(120_000)
  heal()
  sandbox.livechat.desk.close(talk.chatId, amber.email)
  await sandbox.settle()
  await sandbox.advance(60_000)
  expect(talk.userSees()).toContain('Agent Amber: Your code is 4711')
  expect(talk.user.session.active).toBe(false)
}, 60_000)

it('at most six files are in memory at the same time, and all arrive', async () => {
  sandbox = await startSandbox({ botpressKnobs: { concurrentMessageOperations: true } })
  const talks = await Promise.all(Array.from({ length: 20 }, () => startTalk(sandbox)))
  const picture = { name: 'a.png', contentType: 'image/png', bytes: Buffer.from('png') }
  const url = sandbox.botpress.addPublicFile(picture)
  const slow = { kind: 'delay', delayMs: 100 } as const
  sandbox.faults.livechat.add({ route: 'customer/upload_file', times: Infinity, effect: slow })
  const mark = sandbox.ledger.mark()
  await Promise.all(talks.map(({ user }) => user.sendImage(url)))
  await sandbox.settle()
  for (const talk of talks) expect(talk.agentSees().at(-1)).toContain('[file] a.png')
  const uploads = sandbox.ledger.since(mark, { name: 'customer/upload_file' })
  expect(uploads).toHaveLength(20)
  expect(mostAtOnce(uploads)).toBeLessThanOrEqual(6)
})

it('messages beyond 500 that wait fail at once, with a text for the bot’s owner', async () => {
  sandbox = await startSandbox({ botpressKnobs: { concurrentMessageOperations: true } })
  const talk = await startTalk(sandbox)
  const effect = { kind: 'delay', delayMs: 5_000 } as const
  sandbox.faults.livechat.add({ route: 'customer/send_event', effect })
  const all = Array.from({ length: 520 }, (_, index) => talk.user.say(`Message ${index}`))
  await Promise.all(all)
  await sandbox.settle()
  const refused = sandbox.installation.logs().filter(({ text }) => text.includes('too many messages wait')).length
  expect(refused).toBeGreaterThan(0)
  expect(talk.agentSees().filter((line) => line.startsWith('Teal: Message'))).toHaveLength(520 - refused)
}, 60_000)
