import { afterEach, describe, expect, it } from 'vitest'
import { amber, type Sandbox } from '../../sandbox/start-sandbox'
import { startTalk, type Talk } from '../helpers/talk'
import { agentMessage, shownFrom, startWithOneAgent } from './helpers/deliveries'
import { eachInParallel, fullTimeoutMs, isFull, numbers, percentile, record, size } from './helpers/measure'

let sandbox: Sandbox
afterEach(() => sandbox.close())

/** How many times faster the process waits. At full size it waits in real time. */
const scale = isFull ? 1 : 20

describe('row 13: in time, always', () => {
  it(
    'answers webhooks quickly while the platform needs 20 ms for each call',
    async () => {
      sandbox = await startWithOneAgent({ latencyMs: 20 })
      const talks: Talk[] = []
      while (talks.length < 10) talks.push(await startTalk(sandbox))
      const n = size(60, 2_000)
      const timesMs = await eachInParallel(numbers(n), 5, async (index) => {
        const talk = talks[index % talks.length] as Talk
        expect(await sandbox.deliverWebhook('incoming_event', agentMessage(talk, `e${index}`, `t${index}`))).toBe(200)
      })
      const failures = isFull && percentile(timesMs, 95) > 300 ? 1 : 0
      record({ row: 13, what: 'webhooks with the platform at 20 ms', n, failures, timesMs })
      if (isFull) expect(percentile(timesMs, 95)).toBeLessThanOrEqual(300)
    },
    fullTimeoutMs,
  )

  it(
    'answers 503 within 8 s while the platform hangs; the redelivery gives exactly one message',
    async () => {
      sandbox = await startWithOneAgent({ timeScale: scale })
      const routes = [/messages|initialize-incoming/, 'GET /v1/chat/conversations', 'GET /v1/chat/users']
      const timesMs: number[] = []
      for (const [index, route] of routes.entries()) {
        const talk = await startTalk(sandbox)
        const message = agentMessage(talk, `event-${index}`, 'Still there?')
        if (index > 0) await sandbox.integration.restart()
        const heal = sandbox.faults.botpress.add({ route, times: Infinity, effect: { kind: 'hang' } })
        const startedMs = performance.now()
        expect(await sandbox.deliverWebhook('incoming_event', message)).toBe(503)
        timesMs.push((performance.now() - startedMs) * scale)
        heal()
        expect(await sandbox.deliverWebhook('incoming_event', message)).toBe(200)
        expect(await sandbox.deliverWebhook('incoming_event', message)).toBe(200)
        await sandbox.settle()
        expect(shownFrom(talk)).toEqual(['Still there?'])
      }
      record({ row: 13, what: 'webhooks with the platform hanging', n: routes.length, failures: 0, timesMs })
      if (isFull) expect(Math.max(...timesMs)).toBeLessThanOrEqual(8_500)
    },
    fullTimeoutMs,
  )

  it(
    'ends every operation while any one call hangs, because every request has a limit',
    async () => {
      sandbox = await startWithOneAgent({ timeScale: scale })
      // The operation's limit by design, and one second for everything around it.
      const limits = { start: 26_000, say: 31_000, stop: 21_000, close: 9_000, register: 21_000 }
      const livechat = ['accounts/token', 'customer/start_chat', 'customer/update_customer', 'customer/get_chat']
      const botpress = [
        'POST /v1/chat/conversations/get-or-create',
        'POST /v1/chat/users/get-or-create',
        'POST /v1/chat/events',
      ]
      let n = 0
      const timesMs: number[] = []
      const late: string[] = []
      const timed = async (
        what: keyof typeof limits,
        route: string,
        side: 'livechat' | 'botpress',
        run: () => Promise<unknown>,
      ) => {
        n += 1
        const heal = sandbox.faults[side].add({ route, times: Infinity, effect: { kind: 'hang' } })
        const startedMs = performance.now()
        await run().catch(() => undefined)
        await sandbox.settle()
        const tookMs = (performance.now() - startedMs) * scale
        heal()
        timesMs.push(tookMs)
        if (tookMs > limits[what] + 500 * scale)
          late.push(`${what} with ${route} hanging took ${Math.round(tookMs)} ms`)
      }
      const anybody = () => sandbox.installation.endUser({ name: 'Teal' })
      for (const route of isFull ? livechat : livechat.slice(0, 1))
        await timed('start', route, 'livechat', () => anybody().askForHuman({ title: 'x' }))
      for (const route of botpress.slice(0, 1)) await timed('start', route, 'botpress', () => anybody().askForHuman({}))
      const talk = await startTalk(sandbox)
      await timed('say', 'customer/send_event', 'livechat', () => talk.user.say('hello'))
      const closing = await startTalk(sandbox)
      await timed('close', 'POST /v1/chat/events', 'botpress', async () =>
        sandbox.livechat.desk.close(closing.chatId, amber.email),
      )
      await timed('stop', 'customer/deactivate_chat', 'livechat', () =>
        sandbox.installation.runAction('stopHitl', { conversationId: talk.conversationId }),
      )
      await timed('register', 'accounts/token', 'livechat', () => sandbox.installation.register())
      await timed('register', 'customer/list_group_statuses', 'livechat', () => sandbox.installation.register())
      record({ row: 13, what: 'operations with a call hanging', n, failures: late.length, timesMs })
      expect(late).toEqual([])
    },
    fullTimeoutMs,
  )
})
