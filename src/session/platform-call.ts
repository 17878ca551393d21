import { isApiError } from '@botpress/sdk'

/** The platform may accept the same call later. Anything that is no API error is a fault of the exchange, hence also. */
export const isPlatformFaultTransient = (error: unknown): boolean =>
  !isApiError(error) || error.code === 429 || error.code >= 500

export const isNotFound = (error: unknown): boolean => isApiError(error) && error.type === 'ResourceNotFound'

/** What a write refers to is no longer there. */
export const isReferenceGone = (error: unknown): boolean =>
  isNotFound(error) || (isApiError(error) && error.type === 'ReferenceNotFound')

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

/** Botpress answered success without the object that the call makes: nothing shows that it was made. */
class PlatformAnswerError extends Error {
  public override readonly name = 'PlatformAnswerError'
}

/**
 * The answer of a call that must have made something.
 * @throws PlatformAnswerError when it names nothing, such as the page of a proxy in between
 */
export const expectMade = <K extends string, T extends Record<K, { id: string }>>(answer: T, made: K): T => {
  const object: unknown = Reflect.get(Object(answer), made)
  const id: unknown = Reflect.get(Object(object), 'id')
  if (typeof id !== 'string' || id === '') throw new PlatformAnswerError(`Botpress answered without ${made}`)
  return answer
}
