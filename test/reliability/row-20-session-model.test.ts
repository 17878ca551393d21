import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EndUser } from '../../sandbox/botpress'
import { amber, birch, type Sandbox } from '../../sandbox/start-sandbox'
import { closeAll, startWithOneAgent } from './helpers/deliveries'
import { startInProcess } from '../helpers/in-process'
import { fullTimeoutMs, record, seed, size, timeScale } from './helpers/measure'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startWithOneAgent({
    startIntegration: startInProcess,
    timeScale,
    livechatKnobs: { inactivityMs: 24 * 30 * 3_600_000 },
  })
})
afterAll(() => sandbox.close())

/** What should be true: who is in a session with whom, and what each side was sent, in order. */
type Model = { active: boolean; agent: string; toUser: string[]; toAgent: string[]; said: number }
type Real = { user: EndUser; chatIds: string[] }

const threadOf = ({ user }: Real): string => {
  const { conversationId } = user.session
  const found = sandbox.installation.conversations().find(({ id }) => id === conversationId)
  return found?.tags.livechatChatId ?? ''
}

/** Waits until nothing is under way any more, and everything due for redelivery was redelivered. */
const rest = async (durationMs = 0): Promise<void> => {
  await sandbox.settle()
  if (durationMs > 0) await sandbox.advance(durationMs)
}

/** What agents said to the end user, oldest first. */
const heardBy = ({ user }: Real): string[] =>
  user.chat().flatMap(({ from, text, url }) => (/^Agent /.test(from) ? [text ?? (url ? 'file' : '')] : []))

const check = (model: Model, real: Real): void => {
  expect(heardBy(real)).toEqual(model.toUser)
  const seen = real.chatIds.flatMap((chatId) =>
    sandbox.livechat.desk
      .transcript(chatId)
      .filter(({ authorKind, text }) => authorKind === 'customer' && text.startsWith('user '))
      .map(({ text }) => text),
  )
  expect(seen).toEqual(model.toAgent)
  expect(real.user.session.active).toBe(model.active)
  const chatId = threadOf(real)
  if (chatId !== '') {
    const isOpen = sandbox.livechat.desk.chats().some((chat) => chat.chatId === chatId && chat.state !== 'closed')
    expect(isOpen).toBe(model.active)
  }
}

type Step = { name: string; can?: (model: Model) => boolean; run: (model: Model, real: Real) => Promise<void> }

const say = async (model: Model, real: Real, text: string): Promise<void> => {
  model.toUser.push(text)
  sandbox.livechat.desk.say(threadOf(real), model.agent, text)
}
const isActive = ({ active }: Model): boolean => active
const steps: Step[] = [
  {
    name: 'start',
    can: (model) => !model.active,
    run: async (model, real) => {
      // The plugin starts one session for each message of the end user.
      await real.user.say(`please ${model.said++}`)
      const outcome = await real.user.askForHuman({ title: 'Help' })
      expect(outcome.started ? '' : outcome.reason).toBe('')
      await rest(8_000)
      model.active = true
      const chatId = threadOf(real)
      const owner = sandbox.livechat.desk.chats().find((chat) => chat.chatId === chatId)?.agentIds[0]
      model.agent = owner ?? amber.email
      if (!real.chatIds.includes(chatId)) real.chatIds.push(chatId)
    },
  },
  { name: 'agent says', can: isActive, run: (model, real) => say(model, real, `agent ${model.said++}`) },
  {
    name: 'customer says',
    run: async (model, real) => {
      const text = `user ${model.said++}`
      if (model.active) model.toAgent.push(text)
      await real.user.say(text)
    },
  },
  {
    name: 'transfer',
    can: isActive,
    run: async (model, real) => {
      const next = model.agent === amber.email ? birch.email : amber.email
      sandbox.livechat.desk.transferToAgent(threadOf(real), model.agent, next)
      model.agent = next
    },
  },
  {
    name: 'file',
    can: isActive,
    run: async (model, real) => {
      model.toUser.push('file')
      const file = { name: 'a.txt', contentType: 'text/plain', bytes: Buffer.from('a') }
      sandbox.livechat.desk.sendFile(threadOf(real), model.agent, file)
    },
  },
  {
    name: 'agent stops',
    can: isActive,
    run: async (model, real) => {
      sandbox.livechat.desk.close(threadOf(real), model.agent)
      // An end waits for the agent's last messages.
      await rest(1_000)
      model.active = false
    },
  },
  {
    name: 'customer stops',
    can: isActive,
    run: async (model, real) => {
      await real.user.end()
      model.active = false
    },
  },
  {
    name: 'repeat',
    run: async (_model, real) => {
      const chatId = threadOf(real)
      if (chatId === '') return
      const event = sandbox.livechat.desk.transcript(chatId).findLast(({ authorKind }) => authorKind === 'agent')
      if (!event) return
      const payload = { chat_id: chatId, thread_id: event.threadId, event: event.event }
      expect(await sandbox.deliverWebhook('incoming_event', payload)).toBe(200)
    },
  },
  {
    name: 'repeat the end',
    can: ({ active }) => !active,
    run: async (_model, real) => {
      const chatId = threadOf(real)
      const threadId = sandbox.livechat.desk.chats().find((chat) => chat.chatId === chatId)?.threadId
      if (threadId === undefined) return
      const payload = { chat_id: chatId, thread_id: threadId }
      expect(await sandbox.deliverWebhook('chat_deactivated', payload)).toBe(200)
    },
  },
  {
    name: 'reorder',
    can: isActive,
    run: async (model, real) => {
      // LiveChat delivers the second message although the first is still on its way. Each is relayed once all the same.
      const heal = sandbox.faults.botpress.add({ route: 'webhook/receive', effect: { kind: 'status', status: 503 } })
      const [first, second] = [`agent ${model.said++}`, `agent ${model.said++}`]
      sandbox.livechat.desk.say(threadOf(real), model.agent, first)
      await rest()
      heal()
      sandbox.livechat.desk.say(threadOf(real), model.agent, second)
      await rest(60_000)
      // After an earlier failure the second one's delivery catches up, and the first one then comes first.
      const isCaughtUp = heardBy(real).slice(-2)[0] === first
      model.toUser.push(...(isCaughtUp ? [first, second] : [second, first]))
    },
  },
  { name: 'restart', run: () => sandbox.integration.restart() },
  {
    name: 'expire',
    run: async () => {
      sandbox.livechat.license.expireTokens()
    },
  },
  {
    name: 'fault towards LiveChat',
    can: isActive,
    run: async (model, real) => {
      const heal = sandbox.faults.livechat.add({
        route: 'customer/send_event',
        effect: { kind: 'reset', when: 'after' },
      })
      const text = `user ${model.said++}`
      model.toAgent.push(text)
      await real.user.say(text)
      await rest()
      heal()
    },
  },
  {
    name: 'fault towards Botpress',
    can: isActive,
    run: async (model, real) => {
      const route = /messages|initialize/
      const heal = sandbox.faults.botpress.add({ route, times: 2, effect: { kind: 'status', status: 500 } })
      await say(model, real, `agent ${model.said++}`)
      await rest()
      heal()
      await rest(60_000)
    },
  },
]

let executed = 0
let people = 0

describe('row 20: the session has no bad state', () => {
  it(
    'random sequences of commands agree with a simple model',
    async () => {
      const n = size(10, 500)
      const length = size(25, 50)
      let runs = 0
      const anyStep = fc.constantFrom(...steps.map((_, index) => index))
      await fc.assert(
        fc.asyncProperty(fc.array(anyStep, { minLength: length, maxLength: length }), async (sequence) => {
          runs += 1
          people += 1
          const user = sandbox.installation.endUser({ name: 'Teal', email: `row20-${people}@example.com` })
          const model: Model = { active: false, agent: amber.email, toUser: [], toAgent: [], said: 0 }
          const real: Real = { user, chatIds: [] }
          const done: string[] = []
          try {
            for (const index of sequence) {
              const step = steps[index]
              if (!step || !(step.can?.(model) ?? true)) continue
              done.push(step.name)
              executed += 1
              await step.run(model, real)
              await rest()
              check(model, real)
            }
          } catch (error) {
            throw new Error(`after ${done.join(', ')}: ${error instanceof Error ? error.message : ''}`, {
              cause: error,
            })
          } finally {
            sandbox.faults.livechat.clear()
            sandbox.faults.botpress.clear()
            await closeAll(sandbox)
          }
        }),
        { numRuns: n, seed, interruptAfterTimeLimit: fullTimeoutMs - 30_000, endOnFailure: true },
      )
      record({ row: 20, what: 'runs against the model', n: runs, failures: 0, note: `${executed} commands` })
    },
    fullTimeoutMs,
  )
})
