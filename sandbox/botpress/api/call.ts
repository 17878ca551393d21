import { z } from 'zod'
import { BotpressApiError } from '../errors'
import type { Instance } from '../instance'
import type { World } from '../world'

/** One authorised call of the runtime API. */
export type ApiCall = {
  world: World
  instance: Instance
  params: Record<string, string>
  query: URLSearchParams
  body: unknown
  /** Address under which the caller reads files: the public host, or this server if it is called directly. */
  filesOrigin: string
}

export type ApiAnswer = { body: unknown; detail?: Record<string, unknown> }

export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  handle: (call: ApiCall) => ApiAnswer | Promise<ApiAnswer>
}

export const tagsSchema = z.record(z.string())
export const payloadSchema = z.record(z.unknown())
export const scheduleSchema = z
  .object({ dateTime: z.string().datetime({ offset: true }).optional(), delay: z.number().nonnegative().optional() })
  .strict()

/** Parses the body by the schema. Throws the platform's InvalidPayload. */
export const parseBody = <T extends z.ZodTypeAny>(schema: T, body: unknown): z.output<T> =>
  parse(schema, body, 'InvalidPayload')

/** Parses the query's single values by the schema. Throws the platform's InvalidQuery. */
export const parseQuery = <T extends z.ZodTypeAny>(schema: T, query: URLSearchParams): z.output<T> =>
  parse(schema, Object.fromEntries(query.entries()), 'InvalidQuery')

const parse = <T extends z.ZodTypeAny>(
  schema: T,
  value: unknown,
  errorType: 'InvalidPayload' | 'InvalidQuery',
): z.output<T> => {
  const result = schema.safeParse(value)
  if (result.success) return result.data as z.output<T>
  const issues = result.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`)
  throw new BotpressApiError(errorType, issues.join('; '))
}

/** Tags of a query: `tags.chatId=x`, or `tags[chatId]=x`. */
export const tagsOfQuery = (query: URLSearchParams): Record<string, string> => {
  const tags: Record<string, string> = {}
  for (const [key, value] of query.entries()) {
    const name = /^tags(?:\.(.+)|\[(.+)\])$/.exec(key)
    if (name) tags[(name[1] ?? name[2]) as string] = value
  }
  return tags
}

/** The clock time of a schedule, or undefined for now. A time in the past means now. */
export const dueTime = (
  world: World,
  schedule: { dateTime?: string | undefined; delay?: number | undefined } | undefined,
): number | undefined => {
  if (!schedule) return undefined
  const { dateTime, delay } = schedule
  if (dateTime === undefined && delay === undefined) {
    throw new BotpressApiError('InvalidPayload', 'schedule needs dateTime or delay')
  }
  const nowMs = world.clock.nowMs()
  const dueMs = dateTime === undefined ? nowMs + (delay ?? 0) : Date.parse(dateTime)
  return dueMs > nowMs ? dueMs : undefined
}

export const mustFind = <T>(found: T | undefined, what: string, id: string): T => {
  if (found === undefined) throw new BotpressApiError('ResourceNotFound', `${what} ${id} was not found`)
  return found
}

/** For an object that a new object refers to. */
export const mustRefer = <T>(world: World, found: T | undefined, what: string, id: string): T => {
  if (found === undefined) throw new BotpressApiError(world.knobs.missingReferenceError, `${what} ${id} does not exist`)
  return found
}

const pause = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, durationMs))

/** Waits between look-up and creation if the knob `raceGetOrCreate` is on. */
export const raceWindow = async (world: World): Promise<void> => {
  if (world.knobs.raceGetOrCreate) await pause(world.knobs.raceWindowMs)
}

export const checkDiscriminators = (tags: Record<string, string>, discriminateByTags: string[] | undefined): void => {
  const missing = discriminateByTags?.find((key) => !(key in tags))
  if (missing)
    throw new BotpressApiError('InvalidPayload', `discriminateByTags names "${missing}", tags do not have it`)
}

const MAX_PAYLOAD_BYTES = 128 * 1024

export const checkPayloadSize = (payload: unknown, what: string): void => {
  if (Buffer.byteLength(JSON.stringify(payload)) > MAX_PAYLOAD_BYTES) {
    throw new BotpressApiError(
      'PayloadTooLarge',
      `The payload of the ${what} is larger than ${MAX_PAYLOAD_BYTES} bytes`,
    )
  }
}
