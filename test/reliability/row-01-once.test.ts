import { afterEach, describe, expect, it } from 'vitest'
import { pluginTexts } from '../../sandbox/botpress'
import type { FaultEffect } from '../../sandbox/faults'
import { amber, birch, type Sandbox } from '../../sandbox/start-sandbox'
import { startTalk, type Talk } from '../helpers/talk'
import { agentMessage, closeAll, shownFrom, startWithOneAgent } from './helpers/deliveries'
import {
  countOf,
  createRandom,
  eachInParallel,
  fullTimeoutMs,
  isFull,
  numbers,
  record,
  size,
  timeScale,
} from './helpers/measure'

let sandbox: Sandbox
afterEach(() => sandbox.close())

const getOrCreate = 'POST /v1/chat/messages/get-or-create'
const deliver = async (talk: Talk, id: string, text: string): Promise<number> =>
  sandbox.deliverWebhook('incoming_event', agentMessage(talk, id, text))
const announcements = (talk: Talk): number =>
  talk.userSees().filter((line) => line === `bot: ${pluginTexts.agentAssigned}`).length

describe('row 1: each event takes effect once', () => {
  it(
    'however often and in whatever order LiveChat delivers it, also after a restart',
    async () => {
      const random = createRandom(1)
      sandbox = await startWithOneAgent({ botpressKnobs: { raceGetOrCreate: true } })
      const talk = await startTalk(sandbox)
      const n = size(30, 200)
      const deliveries = random.shuffled(numbers(n * 4).map((index) => index % n))
      const half = Math.floor(deliveries.length / 2)
      const send = (index: number): Promise<void> =>
        deliver(talk, `event-${index}`, `text ${index}`).then((status) => expect(status).toBe(200))
      const timesMs = await eachInParallel(deliveries.slice(0, half), 20, send)
      await sandbox.integration.restart()
      timesMs.push(...(await eachInParallel(deliveries.slice(half), 20, send)))
      await sandbox.integration.restart()
      await eachInParallel(deliveries.slice(0, n), 20, send)
      await sandbox.settle()
      const counts = countOf(shownFrom(talk))
      const wrong = numbers(n).filter((index) => counts.get(`text ${index}`) !== 1)
      record({ row: 1, what: 'events delivered four times', n, failures: wrong.length, timesMs })
      expect(wrong).toEqual([])
      expect(shownFrom(talk)).toHaveLength(n)
    },
    fullTimeoutMs,
  )

  it(
    'when 50 deliveries come at the same instant',
    async () => {
      sandbox = await startWithOneAgent({ botpressKnobs: { raceGetOrCreate: true } })
      const talk = await startTalk(sandbox)
      const n = size(4, 20)
      for (const round of numbers(n))
        await Promise.all(numbers(50).map(() => deliver(talk, `event-${round}`, `text ${round}`)))
      await sandbox.settle()
      record({ row: 1, what: 'rounds of 50 at once', n, failures: Math.abs(shownFrom(talk).length - n) })
      expect(shownFrom(talk)).toEqual(numbers(n).map((round) => `text ${round}`))
    },
    fullTimeoutMs,
  )

  it(
    'when the first attempt fails midway and the second succeeds',
    async () => {
      sandbox = await startWithOneAgent({ timeScale })
      const talk = await startTalk(sandbox)
      const statuses = isFull ? [500, 502, 503, 504, 429, 400] : [500, 400]
      const effects: FaultEffect[] = (['before', 'after'] as const).flatMap((when): FaultEffect[] => [
        ...statuses.map((status): FaultEffect => ({ kind: 'status', status, when })),
        { kind: 'reset', when },
        { kind: 'hang', when },
        { kind: 'junk', body: '<html>', when },
        { kind: 'junk', body: '{}', when },
      ])
      const routes = isFull ? [getOrCreate, 'GET /v1/chat/conversations', 'GET /v1/chat/users'] : [getOrCreate]
      let n = 0
      const wrong: string[] = []
      for (const route of routes)
        for (const effect of effects) {
          n += 1
          // After a restart the process knows nothing and looks everything up again.
          if (route !== getOrCreate) await sandbox.integration.restart()
          const heal = sandbox.faults.botpress.add({ route, times: 8, effect })
          const statusOfFirst = await deliver(talk, `event-${n}`, `text ${n}`)
          heal()
          for (let attempt = 0; attempt < 2; attempt += 1) await deliver(talk, `event-${n}`, `text ${n}`)
          await sandbox.settle()
          const times = shownFrom(talk).filter((text) => text === `text ${n}`).length
          if (times !== 1)
            wrong.push(`${route} ${JSON.stringify(effect)}: answered ${statusOfFirst}, shown ${times} times`)
        }
      record({ row: 1, what: 'first attempts failed midway', n, failures: wrong.length })
      expect(wrong).toEqual([])
    },
    fullTimeoutMs,
  )

  it(
    'an end that LiveChat delivers five times takes effect once at the plugin, whatever failure comes between',
    async () => {
      sandbox = await startWithOneAgent({ timeScale, livechatKnobs: { webhookDuplicates: 5 } })
      const stops: (FaultEffect | undefined)[] = [
        undefined,
        ...(['before', 'after'] as const).flatMap((when): FaultEffect[] => [
          { kind: 'status', status: 500, when },
          { kind: 'reset', when },
          { kind: 'hang', when },
          { kind: 'junk', body: '{}', when },
        ]),
      ]
      const wrong: string[] = []
      for (const effect of stops) {
        const talk = await startTalk(sandbox)
        const heal = effect && sandbox.faults.botpress.add({ route: 'POST /v1/chat/events', times: 5, effect })
        sandbox.livechat.desk.close(talk.chatId, amber.email)
        await sandbox.settle()
        heal?.()
        await sandbox.advance(60_000)
        const heard = talk.userSees().filter((line) => line === `bot: ${pluginTexts.stoppedByAgent}`).length
        if (heard !== 1 || talk.user.session.active) wrong.push(`${JSON.stringify(effect)}: heard ${heard} times`)
      }
      record({ row: 1, what: 'ends told five times', n: stops.length, failures: wrong.length })
      expect(wrong).toEqual([])
    },
    fullTimeoutMs,
  )

  it(
    'a change of agent is announced once, whatever reports it first',
    async () => {
      const random = createRandom(11)
      sandbox = await startWithOneAgent({ livechatKnobs: { webhookDuplicates: 2, webhookShuffle: true } })
      const n = size(8, 100)
      const wrong: string[] = []
      for (const run of numbers(n)) {
        sandbox.livechat.knobs.chatTransferredOnFirstAssignment = random.chance(0.5) ? 'fromQueue' : 'never'
        sandbox.livechat.knobs.autoAssign = random.chance(0.5)
        sandbox.livechat.knobs.webhookDelayMs = random.pick([0, 0, 2_000])
        const talk = await startTalk(sandbox)
        if (!sandbox.livechat.knobs.autoAssign) sandbox.livechat.desk.pickUp(talk.chatId, amber.email)
        let owner: string = amber.email
        let changes = 1
        sandbox.livechat.desk.say(talk.chatId, owner, 'first words')
        await sandbox.settle()
        await sandbox.advance(5_000)
        for (const step of numbers(3)) {
          const next = owner === amber.email ? birch.email : amber.email
          sandbox.livechat.desk.transferToAgent(talk.chatId, owner, next)
          if (random.chance(0.7)) sandbox.livechat.desk.say(talk.chatId, next, `words ${step}`)
          owner = next
          changes += 1
          if (random.chance(0.3)) await talk.user.say('hello')
          await sandbox.settle()
          await sandbox.advance(5_000)
          if (random.chance(0.2)) await sandbox.integration.restart()
        }
        const heard = announcements(talk)
        const shown = talk.user.session.agentName
        const name = owner === amber.email ? amber.name : birch.name
        if (heard !== changes || shown !== name)
          wrong.push(`run ${run}: ${changes} changes, announced ${heard} times, last ${shown} instead of ${name}`)
        await closeAll(sandbox)
        await sandbox.advance(5_000)
      }
      record({ row: 1, what: 'sessions with three changes of agent', n, failures: wrong.length })
      expect(wrong).toEqual([])
    },
    fullTimeoutMs,
  )
})
