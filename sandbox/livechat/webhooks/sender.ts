import { presentCause, withCause } from '../../cause'
import type { Notice, World } from '../world'
import { envelope } from './envelope'
import { matches } from './match'

/** The documents say "about 10 s". */
const ANSWER_TIMEOUT_MS = 10_000
/** Up to 3 more tries within about a minute, counted from the first try. The documents do not say when exactly. */
const RETRY_AT_MS = [10_000, 25_000, 45_000]

export type Deliver = (url: string, body: string, signal: AbortSignal) => Promise<{ status: number }>

type Delivery = {
  url: string
  body: string
  name: string
  detail: Record<string, string>
  firstTryAtMs: number
  cause: number | undefined
}

export type Sender = {
  announce: (notice: Notice) => void
  /** Sends what was announced so far, and waits for these first tries. */
  sendNow: () => Promise<void>
  settle: () => Promise<void>
  whenDelivered: () => Promise<void>
  close: () => Promise<void>
}

const nextMacrotask = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Sends webhooks as independent requests, each with its own retries on the clock. */
export const createSender = (world: World, deliver: Deliver): Sender => {
  const { clock, ledger, knobs, random } = world
  const underWay = new Set<Promise<void>>()
  const running = new Set<AbortController>()
  const timers = new Set<() => void>()
  let batch: Delivery[] = []
  let isScheduled = false
  let isClosed = false

  const later = (delayMs: number, run: () => void): void => {
    const cancel = clock.setTimer(delayMs, () => {
      timers.delete(cancel)
      run()
      return whenDelivered()
    })
    timers.add(cancel)
  }

  const announce = (notice: Notice): void => {
    for (const webhook of world.webhooks.values()) {
      if (!matches(world, webhook, notice)) continue
      const delivery: Delivery = {
        url: webhook.url,
        body: envelope(world, webhook, notice),
        name: `webhook/${notice.action}`,
        detail: { webhookId: webhook.id, ...notice.ids },
        firstTryAtMs: 0,
        cause: presentCause(),
      }
      for (let copy = 0; copy < knobs.webhookDuplicates; copy += 1) batch.push({ ...delivery })
    }
    if (batch.length === 0 || isScheduled) return
    isScheduled = true
    setImmediate(() => void flush())
  }

  /** Returns the first tries that leave at once. */
  const flush = (): Promise<void>[] => {
    isScheduled = false
    const leaving = knobs.webhookShuffle ? shuffled(batch, random) : batch
    batch = []
    return leaving.flatMap((delivery) => {
      const delayMs = knobs.webhookDelayMs > 0 ? Math.floor(random() * knobs.webhookDelayMs) : 0
      if (delayMs === 0) return [launch(delivery, 1)]
      later(delayMs, () => void launch(delivery, 1))
      return []
    })
  }

  const launch = async (delivery: Delivery, attempt: number): Promise<void> => {
    if (isClosed) return
    if (attempt === 1) delivery.firstTryAtMs = clock.nowMs()
    const work = withCause(delivery.cause, () => tryOnce(delivery, attempt)).finally(() => underWay.delete(work))
    underWay.add(work)
    await work
  }

  const tryOnce = async (delivery: Delivery, attempt: number): Promise<void> => {
    const startedMs = performance.now()
    const { status, failure } = await post(delivery)
    if (isClosed) return
    ledger.record({
      side: 'livechat',
      kind: 'delivery',
      name: delivery.name,
      startedMs,
      endedMs: performance.now(),
      ...(status === undefined ? {} : { status }),
      ...ledger.exchange(delivery.body, undefined, headOf(delivery)),
      detail: { ...delivery.detail, attempt, ...(failure ? { failure } : {}) },
    })
    const retryAtMs = RETRY_AT_MS[attempt - 1]
    // Exactly 200, because the documents mention no other successful status.
    if (status === 200 || retryAtMs === undefined) return
    later(delivery.firstTryAtMs + retryAtMs - clock.nowMs(), () => void launch(delivery, attempt + 1))
  }

  const post = async (delivery: Delivery): Promise<{ status?: number; failure?: 'timeout' | 'network' }> => {
    const controller = new AbortController()
    running.add(controller)
    const aborted = new Promise<never>((_resolve, reject) => {
      controller.signal.addEventListener('abort', () => reject(new Error('no answer in time')))
    })
    const cancel = clock.setTimer(ANSWER_TIMEOUT_MS, async () => {
      controller.abort()
      await nextMacrotask()
    })
    try {
      const answer = await Promise.race([deliver(delivery.url, delivery.body, controller.signal), aborted])
      return { status: answer.status }
    } catch {
      return { failure: controller.signal.aborted ? 'timeout' : 'network' }
    } finally {
      cancel()
      running.delete(controller)
    }
  }

  const settle = async (): Promise<void> => {
    while (isScheduled || underWay.size > 0) {
      await nextMacrotask()
      await Promise.all(underWay)
    }
  }

  const whenDelivered = async (): Promise<void> => {
    let handle: NodeJS.Timeout | undefined
    const grace = new Promise<void>((resolve) => {
      handle = setTimeout(resolve, knobs.deliveryGraceMs)
    })
    await Promise.race([settle(), grace])
    clearTimeout(handle)
  }

  return {
    announce,
    settle,
    whenDelivered,
    // Waits for these only: another delivery under way may itself wait for the answer that this call holds back.
    sendNow: async () => {
      await Promise.all(flush())
    },
    close: async () => {
      isClosed = true
      for (const cancel of timers) cancel()
      for (const controller of running) controller.abort()
      await Promise.all(underWay)
    },
  }
}

const headOf = ({ url }: Delivery) => ({
  method: 'POST',
  url,
  requestHeaders: { 'content-type': 'application/json' },
})

const shuffled = <Item>(items: Item[], random: () => number): Item[] =>
  items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)
