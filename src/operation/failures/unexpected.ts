import { RuntimeError } from '@botpress/sdk'
import { LiveChatError, LiveChatSchemaError } from '../../livechat/errors'
import { DeadlineExceededError } from '../../shared/deadline'
import { isPlatformError, MustRepeatError, NotYetError } from './platform-errors'

/**
 * Returns `error` if it is a mistake of this integration, which neither the bot's owner nor a vendor can correct. If an
 * error wraps another error, checks the inner one. Returns `undefined` for every failure that we expect.
 */
export const unexpectedIn = (error: unknown): unknown => {
  if (error instanceof RuntimeError) return error.error === undefined ? undefined : unexpectedIn(error.error)
  if (error instanceof NotYetError) return undefined
  if (error instanceof MustRepeatError) return unexpectedIn(error.cause)
  // This version cannot read the answer. This is not an outage: only a new version can read the answer.
  if (error instanceof LiveChatSchemaError && !error.isOfStranger) return error
  if (error instanceof LiveChatError || error instanceof DeadlineExceededError || isPlatformError(error))
    return undefined
  return error ?? new Error()
}
