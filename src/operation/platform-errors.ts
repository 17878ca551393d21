import { isApiError } from '@botpress/sdk'

/** All rules about errors of the Botpress API and of its client. */

/**
 * Statuses with which Botpress says that a call can never succeed as it is. All others may pass: a key is renewed
 * (401), a bill is paid (402), a quota is raised (403), a lock is released (409), a fault is mended (5xx).
 */
const finalStatuses = new Set([400, 404, 405, 410, 413, 415, 422])

/** Something that must be repeated until it succeeds, whatever Botpress answers. */
export class MustRepeatError extends Error {
  public override readonly name = 'MustRepeatError'

  public constructor(public override readonly cause: unknown) {
    super('To be repeated')
  }
}

/** Whether the same call may succeed later. What is no answer of the API is a failure of the exchange, so it may. */
export const mayLaterSucceed = (error: unknown): boolean => !isApiError(error) || !finalStatuses.has(error.code)

export const isNotFound = (error: unknown): boolean => isApiError(error) && error.type === 'ResourceNotFound'

/** What a write refers to is no longer there. */
export const isReferenceGone = (error: unknown): boolean =>
  isNotFound(error) || (isApiError(error) && error.type === 'ReferenceNotFound')

/** Botpress refused a call, or its answer was none of Botpress. */
export const isPlatformError = (error: unknown): boolean => isApiError(error) || error instanceof PlatformAnswerError

/** The answer, or `undefined` for something that Botpress does not have. @throws every other error */
export const unlessNotFound = async <T>(answer: Promise<T>): Promise<T | undefined> => {
  try {
    return await answer
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}

/**
 * Repeats a keyed write once after a server fault: the SDK's client does not repeat POSTs after 500, 503 and 504,
 * because it cannot know that a get-or-create is safe to repeat.
 */
export const repeatKeyedWrite = async <T>(write: () => Promise<T>): Promise<T> => {
  try {
    return await write()
  } catch (error) {
    if (isApiError(error) && [500, 503, 504].includes(error.code)) return write()
    throw error
  }
}

/** Something answered success that is not Botpress, or without the object that the call makes. */
export class PlatformAnswerError extends Error {
  public override readonly name = 'PlatformAnswerError'
}

/** @throws PlatformAnswerError when the answer is no JSON object */
export const requireObject = (answer: unknown, call: string): object => {
  if (typeof answer !== 'object' || answer === null)
    throw new PlatformAnswerError(`Botpress answered ${call} with no object`)
  return answer
}

/**
 * The answer of a call that must have created something.
 * @throws PlatformAnswerError when it names nothing, such as the page of a proxy in between
 */
export const requireCreated = <K extends string, T extends Record<K, { id: string }>>(answer: T, created: K): T => {
  const object: unknown = Reflect.get(Object(answer), created)
  const id: unknown = Reflect.get(Object(object), 'id')
  if (typeof id !== 'string' || id === '') throw new PlatformAnswerError(`Botpress answered without ${created}`)
  return answer
}
