import { describe, expect, it } from 'vitest'
import { startSandbox, webhookSecret } from '../../sandbox/start-sandbox'
import { startTalk } from '../helpers/talk'
import { agentMessage, shownFrom, webhookBody } from './helpers/deliveries'
import { createRandom, fullTimeoutMs, numbers, percentile, record, size } from './helpers/measure'
import { createHost } from '../helpers/in-process'
import { webhookSamples } from './helpers/webhook-samples'

const random = createRandom(11)
const allowed = new Set([200, 400, 401, 405, 413])

const junkValues: (() => unknown)[] = [
  () => null,
  () => true,
  () => -0,
  () => 1e308,
  () => '',
  () => '\u0000',
  () => '\ud800',
  () => '\udfff\ud800',
  () => '\ufeffBOM',
  () => '__proto__',
  () => 'constructor',
  () => 'x'.repeat(random.int(2_000)),
  () => [],
  () => ({}),
  () => ({ __proto__: null, toString: 1, valueOf: {}, then: 'x' }),
  () => numbers(random.int(50)),
  () => JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}') as unknown,
]

/** Replaces, removes, adds and swaps values at any depth. */
const mutate = (value: unknown): unknown => {
  if (random.chance(0.08)) return random.pick(junkValues as [() => unknown])()
  if (Array.isArray(value)) return random.chance(0.1) ? (value.concat(value) as unknown[]) : value.map(mutate)
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(() => !random.chance(0.04))
      .map(([key, each]): [string, unknown] => [random.chance(0.03) ? `${key} ` : key, mutate(each)])
    if (random.chance(0.05)) entries.push([random.pick(['__proto__', 'hasOwnProperty', 'length', '']), 'x'])
    return Object.fromEntries(entries)
  }
  return value
}

const mutateText = (text: string): string => {
  if (!random.chance(0.15)) return text
  const at = random.int(text.length)
  return random.pick([
    text.slice(0, at),
    text.slice(0, at) + String.fromCharCode(random.int(65_536)) + text.slice(at + 1),
    `\ufeff${text}`,
    text.slice(0, at) + text,
    text.replace(/"[a-z_]+":/, '"__proto__":'),
  ])
}

const nested = (depth: number, open: string, close: string): string => open.repeat(depth) + close.repeat(depth)
const withSecret = (rest: string): string => `{"secret_key":${JSON.stringify(webhookSecret)},${rest}}`
const randomBodies: (() => string)[] = [
  () => nested(10_000, '[', ']'),
  () => withSecret(`"action":"incoming_event","payload":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`),
  () => withSecret('"__proto__":{"polluted":1},"action":"__proto__","payload":{}'),
  () => withSecret('"action":"constructor","payload":{"__proto__":{"polluted":1}}'),
  () => withSecret('"action":"incoming_event","payload":1e400'),
  () => withSecret('"action":"\\ud800","payload":{"chat_id":"\\udc00","thread_id":"\\ud800\\ud800"}'),
  () => `\ufeff${withSecret('"action":"incoming_event","payload":{}')}`,
  () => withSecret('"action":"incoming_event\\u0000","payload":{}'),
  () => withSecret(`"action":"incoming_event","payload":{"chat_id":"${'x'.repeat(1_000_000)}"}`),
  () => withSecret(`"action":"${'y'.repeat(1_100_000)}","payload":{}`),
  () => String.fromCharCode(...numbers(random.int(300)).map(() => random.int(65_536))),
  () => `{"secret_key":"${webhookSecret}","secret_key":7,"action":"incoming_event"}`,
  () => random.pick(['', ' ', '[]', '0', '""', '{', 'null', 'NaN', '{}', '\u0000']),
]

describe('row 11: any bytes are survived', () => {
  it(
    'mutated samples and random bodies get a correct status quickly, without an unhandled rejection or a changed prototype',
    async () => {
      const host = createHost()
      const rejections: unknown[] = []
      const note = (reason: unknown): void => void rejections.push(reason)
      process.on('unhandledRejection', note)
      const prototypes = [Object.prototype, Array.prototype, String.prototype, Function.prototype]
      const namesBefore = JSON.stringify(prototypes.map((each) => Object.getOwnPropertyNames(each).sort()))

      const mutated = size(1_000, 10_000)
      const random_ = size(100, 1_000)
      const bodies = [
        ...numbers(mutated).map(() => () => {
          const { action, payload } = random.pick(webhookSamples as [(typeof webhookSamples)[number]])
          const sample = JSON.parse(webhookBody(action, payload)) as unknown
          const hasSecret = random.chance(0.9)
          const changed = mutate(sample)
          const fields = typeof changed === 'object' ? changed : {}
          const body = hasSecret ? { ...fields, secret_key: webhookSecret } : fields
          return mutateText(JSON.stringify(body))
        }),
        ...numbers(random_).map(() => random.pick(randomBodies as [() => string])),
      ]
      const statuses = new Map<number, number>()
      const timesMs: number[] = []
      for (const make of bodies) {
        const body = make()
        const startedMs = performance.now()
        const { status } = await host.webhook(
          body,
          random.chance(0.01) ? random.pick(['GET', 'PUT', 'DELETE']) : 'POST',
        )
        timesMs.push(performance.now() - startedMs)
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
      }
      await new Promise((resolve) => setImmediate(resolve))
      process.off('unhandledRejection', note)
      const odd = [...statuses].filter(([status]) => !allowed.has(status))
      record({
        row: 11,
        what: 'mutated and random bodies',
        n: bodies.length,
        failures: odd.length + rejections.length,
        timesMs,
        note: [...statuses].map(([status, times]) => `${status}: ${times}`).join(', '),
      })
      expect(odd).toEqual([])
      expect(rejections).toEqual([])
      expect(JSON.stringify(prototypes.map((each) => Object.getOwnPropertyNames(each).sort()))).toBe(namesBefore)
      expect('polluted' in {}).toBe(false)
      for (const status of allowed) expect([...statuses.keys()]).toContain(status)
      if (size(0, 1) === 1) expect(percentile(timesMs, 99)).toBeLessThan(50)
    },
    fullTimeoutMs,
  )

  it(
    'mutated samples and random bodies leave the bundle running, and the next genuine event arrives',
    async () => {
      const sandbox = await startSandbox()
      try {
        const talk = await startTalk(sandbox)
        const { pid } = sandbox.integration
        const n = size(60, 500)
        const odd: number[] = []
        for (const index of numbers(n)) {
          const body = randomBodies[index % randomBodies.length]?.() ?? ''
          const { status } = await sandbox.postWebhook(body)
          if (!allowed.has(status)) odd.push(status)
        }
        await sandbox.deliverWebhook('incoming_event', agentMessage(talk, 'true-1', 'still here'))
        await sandbox.settle()
        record({ row: 11, what: 'random bodies through the bundle', n, failures: odd.length })
        expect(odd).toEqual([])
        expect(sandbox.integration.pid).toBe(pid)
        expect(shownFrom(talk)).toEqual(['still here'])
      } finally {
        await sandbox.close()
      }
    },
    fullTimeoutMs,
  )
})
