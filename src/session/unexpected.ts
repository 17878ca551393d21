import { isApiError, RuntimeError } from '@botpress/sdk'
import { LiveChatError, LiveChatSchemaError } from '../livechat/errors'
import { DeadlineExceededError } from '../shared/deadline'

/**
 * What neither the bot's owner nor a vendor can be asked to mend, hence a mistake of ours: the error itself or what lies
 * under the sentence that was made of it. `undefined` for everything that is foreseen.
 */
export const unexpectedIn = (error: unknown): unknown => {
  if (error instanceof RuntimeError) return error.error === undefined ? undefined : unexpectedIn(error.error)
  // An answer of a shape that this version does not know is no outage.
  if (error instanceof LiveChatSchemaError) return error
  if (error instanceof LiveChatError || error instanceof DeadlineExceededError || isApiError(error)) return undefined
  return error ?? new Error()
}
