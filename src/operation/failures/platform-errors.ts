import { isApiError } from '@botpress/sdk'

/** All rules about errors of the Botpress API and of its client. */

/**
 * Statuses with which Botpress says that the same call can never succeed. All other statuses count as temporary: a key
 * is renewed (401), a bill is paid (402), a quota is raised (403), a lock is released (409), a fault is fixed (5xx).
 */
const finalStatuses = new Set([400, 404, 405, 410, 413, 415, 422])

/**
 * Says that a step must be repeated until it succeeds, whatever Botpress answers. `cause` is the last failure of the
 * step.
 */
export class MustRepeatError extends Error {
  public override readonly name = 'MustRepeatError'

  public constructor(public override readonly cause: unknown) {
    super('To be repeated')
  }
}

/** Another process has not written something yet, or Botpress does not list it yet. LiveChat must deliver again. */
export class NotYetError extends Error {
  public override readonly name = 'NotYetError'
}

/**
 * Whether the same call may succeed later. Every error that does not come from Botpress' API counts as temporary, even
 * a mistake of ours.
 */
export const mayLaterSucceed = (error: unknown): boolean => !isApiError(error) || !finalStatuses.has(error.code)

export const isNotFound = (error: unknown): boolean => isApiError(error) && error.type === 'ResourceNotFound'

/** Whether an object that a write refers to no longer exists. */
export const isReferenceGone = (error: unknown): boolean =>
  isNotFound(error) || (isApiError(error) && error.type === 'ReferenceNotFound')

/**
 * Whether a call to Botpress failed, or its answer was unusable, for example because a proxy answered instead of
 * Botpress.
 */
export const isPlatformError = (error: unknown): boolean => isApiError(error) || error instanceof PlatformAnswerError

/** Waits for `answer`. Returns `undefined` if Botpress does not have the object. @throws every other error */
export const unlessNotFound = async <T>(answer: Promise<T>): Promise<T | undefined> => {
  try {
    return await answer
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}

/** Waits for `answer`. Returns `undefined` after a final refusal. @throws every temporary error */
export const unlessRefused = async <T>(answer: Promise<T>): Promise<T | undefined> => {
  try {
    return await answer
  } catch (error) {
    if (mayLaterSucceed(error)) throw error
    return undefined
  }
}

/**
 * Repeats a write with a key once after a fault or a refusal that may pass, but not if Botpress asks for fewer calls. The
 * SDK's client does not repeat POSTs after 500, 503 and 504, because it cannot know that a get-or-create is safe to
 * repeat.
 */
export const repeatKeyedWrite = async <T>(write: () => Promise<T>): Promise<T> => {
  try {
    return await write()
  } catch (error) {
    if (isApiError(error) && mayLaterSucceed(error) && error.code !== 429) return write()
    throw error
  }
}

/**
 * A call to Botpress succeeded, but the answer does not come from Botpress, or it does not contain the created object.
 */
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
 * Returns `answer`, the answer of a call that must have created something.
 * @throws PlatformAnswerError when the answer does not contain the object, for example because the answer is the page
 * of a proxy
 */
export const requireCreated = <K extends string, T extends Record<K, { id: string }>>(answer: T, created: K): T => {
  const object: unknown = Reflect.get(Object(answer), created)
  const id: unknown = Reflect.get(Object(object), 'id')
  if (typeof id !== 'string' || id === '') throw new PlatformAnswerError(`Botpress answered without ${created}`)
  return answer
}
