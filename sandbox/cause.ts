import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * What set off the work that is under way: one message, one press of a button. The number goes along with the work,
 * through the emulators and, as the trace id of a `traceparent` header, through the integration. So the ledger knows for
 * every call why it was made. Nothing but the ledger reads it.
 */
const present = new AsyncLocalStorage<number | undefined>()

export const presentCause = (): number | undefined => present.getStore()

export const withCause = <T>(cause: number | undefined, run: () => T): T => present.run(cause, run)

/** `run` with the present cause, whenever it is called. */
export const keepCause = <Args extends unknown[], T>(run: (...args: Args) => T): ((...args: Args) => T) => {
  const cause = presentCause()
  return (...args) => withCause(cause, () => run(...args))
}

/** Tells our trace ids from those that somebody else made. */
const MARK = '5a4db0c5a4db0c50'

/** The present cause as a trace id of 32 hexadecimal digits; `undefined` without a cause. */
export const causeTraceId = (): string | undefined => {
  const cause = presentCause()
  return cause === undefined ? undefined : MARK + cause.toString(16).padStart(16, '0')
}

/** The header that takes the present cause along; empty without a cause. */
export const causeHeader = (): { traceparent?: string } => {
  const traceId = causeTraceId()
  return traceId === undefined ? {} : { traceparent: `00-${traceId}-${'1'.padStart(16, '0')}-01` }
}

/** Reads what `causeHeader` made. Other trace ids are no cause. */
export const causeOf = (traceparent: string | string[] | undefined): number | undefined => {
  const [, digits] = new RegExp(`^00-${MARK}([0-9a-f]{16})-`).exec(String(traceparent)) ?? []
  return digits === undefined ? undefined : parseInt(digits, 16)
}
