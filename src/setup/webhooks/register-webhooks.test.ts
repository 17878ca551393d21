import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FaultEffect } from '../../../sandbox/faults'
import { BIRCH, CLIENT_ID, REDIRECT_URI, startBench, type Bench } from '../../../sandbox/livechat/test-bench'
import { seededRandom } from '../../../sandbox/random'
import { createConfigurationApi, type ConfigurationApi, type NewWebhook } from '../../livechat/configuration-api'
import { createHttp } from '../../livechat/transport/http'
import type { Deadline } from '../../shared/deadline'
import { systemRuntime, type Runtime } from '../../shared/runtime'
import { registerWebhooks, unregisterWebhooks } from './register-webhooks'
import { descriptionStart, filtersByAction, wantedWebhooks } from './wanted-webhooks'

/** Runs against the emulator, over HTTP. Waits take no time. */

const runtime: Runtime = { ...systemRuntime, sleep: () => Promise.resolve() }
const deadline: Deadline = { signal: new AbortController().signal, remainingMs: () => 20_000 }
const owner = { url: REDIRECT_URI, clientId: CLIENT_ID, secretKey: 'hush-hush' }
const wanted = await wantedWebhooks(owner)
const changed = await wantedWebhooks({ ...owner, secretKey: 'hush-hush-2' })
const few = wanted.slice(0, 3)
const actions = Object.keys(filtersByAction)

let bench: Bench
/** Each API has connections of its own, as in another process. `holdUp` runs before each request. */
let createApi: (holdUp?: () => Promise<void>) => ConfigurationApi
beforeEach(async () => {
  bench = await startBench()
  bench.livechat.license.addAgent({ email: BIRCH, name: 'Agent Birch', role: 'administrator' })
  const scopes = ['webhooks.configuration:rw']
  const basic = bench.livechat.license.addPat({ agentEmail: BIRCH, scopes })
  const [accountId = '', ...token] = Buffer.from(basic, 'base64').toString().split(':')
  createApi = (holdUp = () => Promise.resolve()) => {
    const send = createHttp(runtime)
    return createConfigurationApi(
      runtime,
      async (request, until) => {
        await holdUp()
        return send({ ...request, url: bench.livechat.url + new URL(request.url).pathname }, until)
      },
      { accountId, personalAccessToken: token.join(':'), region: undefined, followRegion: () => undefined },
      CLIENT_ID,
      deadline,
    )
  }
})
afterEach(() => bench.close())

const all = () => bench.livechat.webhooks.list()
const clear = () => {
  for (const { id } of all()) bench.livechat.webhooks.remove(id)
}
const usable = (): string[] => [
  ...new Set(all().flatMap((each) => ((each.description ?? '').startsWith(descriptionStart) ? [each.action] : []))),
]
const expectOnly = (wants: NewWebhook[]): void => {
  const told = (webhooks: Pick<NewWebhook, 'action' | 'secretKey'>[]) =>
    webhooks.map(({ action, secretKey }) => `${action} ${secretKey}`).sort()
  expect(told(all())).toEqual(told(wants))
}
const register = (wants: NewWebhook[], holdUp?: () => Promise<void>) =>
  registerWebhooks(createApi(holdUp), { wanted: wants, tolerated: [] }, owner.url)

const deaths: [name: string, effect: FaultEffect][] = [
  ['before LiveChat was reached', { kind: 'reset', when: 'before' }],
  ['before LiveChat answered', { kind: 'reset', when: 'after' }],
]

describe('a registration that breaks off at any call', () => {
  /** Breaks off at the first call, then at the second, and so on, until a registration completes. */
  const endAtEach = async (effect: FaultEffect, prepare: () => unknown, wants: NewWebhook[], look: () => void) => {
    for (let calls = 0; ; calls += 1) {
      await prepare()
      const heal = bench.faults.add({ route: /^configuration\//, skip: calls, times: Infinity, effect })
      const outcome = await register(wants).then(
        () => 'done' as const,
        () => 'ended' as const,
      )
      heal()
      look()
      if (outcome === 'done') return calls
      await register(wants)
      expectOnly(wants)
    }
  }

  it.each(deaths)('%s is completed by the next one', async (_name, effect) => {
    const calls = await endAtEach(effect, clear, wanted, () => undefined)
    expectOnly(wanted)
    expect(calls).toBeGreaterThanOrEqual(actions.length + 1)
  })

  it.each(deaths)('%s while the secret changes leaves a webhook for every action', async (_name, effect) => {
    const calls = await endAtEach(
      effect,
      () => register(wanted),
      changed,
      () => expect(usable().sort()).toEqual([...actions].sort()),
    )
    expectOnly(changed)
    expect(calls).toBeGreaterThanOrEqual(2 * actions.length + 1)
  })

  it.each(deaths)('%s among three outdated ones per action is completed by the next one', async (_name, effect) => {
    const crowd = () => {
      clear()
      for (const { action } of few) {
        for (const secretKey of ['a', 'b', 'c']) {
          bench.webhook(action, { secretKey, description: `${descriptionStart} ${secretKey}` })
        }
      }
    }
    // One action may have no webhook while the old one makes room for the new one.
    await endAtEach(effect, crowd, few, () => expect(usable().length).toBeGreaterThanOrEqual(few.length - 1))
    expectOnly(few)
  })

  const once = (effect: FaultEffect, skip: number) =>
    bench.faults.add({ route: 'configuration/register_webhook', skip, times: 1, effect })

  it('needs no second one if only an answer was lost: LiveChat lists the new webhook', async () => {
    for (const [skip] of actions.entries()) {
      clear()
      once({ kind: 'reset', when: 'after' }, skip)
      await register(wanted)
      expectOnly(wanted)
    }
  })

  it('keeps the old webhook if LiveChat has not created the new one', async () => {
    for (const [skip] of actions.entries()) {
      await register(wanted)
      once({ kind: 'reset', when: 'before' }, skip)
      await expect(register(changed)).rejects.toThrow('register_webhook')
      expect(usable().sort()).toEqual([...actions].sort())
      await register(changed)
      expectOnly(changed)
    }
  })
})

describe('parallel registrations', () => {
  const seeds = Array.from({ length: 12 }, (_, index) => index + 1)
  it.each(seeds)('have the same result as a single one (seed %i)', async (seed) => {
    const random = seededRandom(seed)
    const holdUp = async () => {
      for (let turns = Math.floor(random() * 12); turns > 0; turns -= 1) await new Promise(setImmediate)
    }
    if (seed % 2 === 0) await register(changed)
    const times = 2 + (seed % 4)
    await Promise.all(Array.from({ length: times }, () => register(wanted, holdUp)))
    expectOnly(wanted)
  })
})

describe('a removal', () => {
  it.each(deaths)(
    'that breaks off at any call %s is completed by the next one, and touches no foreign webhook',
    async (_name, effect) => {
      const foreign = bench.webhook('incoming_event', { description: 'by hand' })
      for (let calls = 0; ; calls += 1) {
        await register(wanted)
        const heal = bench.faults.add({ route: /^configuration\//, skip: calls, times: Infinity, effect })
        const outcome = await unregisterWebhooks(createApi(), owner.url).catch(() => 'ended')
        heal()
        if (outcome === undefined) break
        await unregisterWebhooks(createApi(), owner.url)
        expect(all().map(({ id }) => id)).toEqual([foreign])
      }
      expect(all().map(({ id }) => id)).toEqual([foreign])
    },
  )
})
