import { RuntimeError } from '@botpress/sdk'
import { LiveChatError, LiveChatSchemaError } from '../livechat/errors'
import { DeadlineExceededError } from '../shared/deadline'
import { isPlatformError, MustRepeatError } from './platform-errors'

/**
 * A mistake of this integration: neither the bot's owner nor a vendor can mend it. Gives the error itself, or the one
 * below the sentence that was made of it; `undefined` for every failure that we expect.
 */
export const unexpectedIn = (error: unknown): unknown => {
  if (error instanceof RuntimeError) return error.error === undefined ? undefined : unexpectedIn(error.error)
  if (error instanceof MustRepeatError) return unexpectedIn(error.cause)
  // An answer of a shape that this version does not know is no outage.
  if (error instanceof LiveChatSchemaError) return error
  if (error instanceof LiveChatError || error instanceof DeadlineExceededError || isPlatformError(error))
    return undefined
  return error ?? new Error()
}
