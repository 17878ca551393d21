import type { Call, LiveChat } from './calls'
import type { App, ProbeCustomer } from './customer'
import type { Hands } from './hands'
import type { Arrival, Fits, Receiver } from './receiver'

/** How long the probe waits, in milliseconds. LiveChat's documents name only the two minutes. */
export const limits = {
  /** For a new webhook to work. */
  activationMs: 180_000,
  /** For something that must come. */
  arrivalMs: 20_000,
  /** Before the probe says that something does not come. */
  quietMs: 6_000,
  /** For a chat that an agent shall get. */
  assignmentMs: 30_000,
  /** For a delivery that failed to come again. */
  redeliveryMs: 40_000,
  /** For how long the answer to a delivery is held back. */
  holdMs: 2_500,
  stepMs: 500,
} as const

/** The agent who owns the token. */
export type Me = { email: string; status: string }

/** What every act of the probe works with. */
export type Stage = {
  runId: string
  app: App
  groupId: number
  me: Me
  livechat: LiveChat
  agent: Call
  configuration: Call
  /** The first has the chats in which words are exchanged. The second waits and leaves. */
  customers: { first: ProbeCustomer; second: ProbeCustomer }
  receiver: Receiver
  hands: Hands
  /** Waits; throws `Stopped` if the owner stops the probe meanwhile. */
  wait: (ms: number) => Promise<void>
  /** The address of one of the probe's webhooks. */
  hookUrl: (hook: string) => string
  secret: string
}

/** Asks again and again until there is an answer, at most `limitMs`. */
export const until = async <T>(
  { wait }: Pick<Stage, 'wait'>,
  limitMs: number,
  ask: () => T | undefined | Promise<T | undefined>,
): Promise<T | undefined> => {
  for (let waitedMs = 0; ; waitedMs += limits.stepMs) {
    const found = await ask()
    if (found !== undefined || waitedMs >= limitMs) return found
    await wait(limits.stepMs)
  }
}

/** The first delivery that fits, whether it came already or comes within the limit. */
export const arrival = (stage: Stage, fits: Fits, limitMs: number = limits.arrivalMs): Promise<Arrival | undefined> =>
  until(stage, limitMs, () => stage.receiver.arrivals().find(fits))

/** The deliveries that fit, after a time in which a late one would have come. */
export const arrivalsAfterQuiet = async (stage: Stage, fits: Fits): Promise<Arrival[]> => {
  await stage.wait(limits.quietMs)
  return stage.receiver.arrivals().filter(fits)
}
