import { RuntimeError, isApiError } from '@botpress/sdk'
import axios = require('axios')
import { WrongGroupError } from '../../src/content/to-agent/briefing/session-details'
import * as livechat from '../../src/livechat/errors'
import { MustRepeatError, NotYetError, PlatformAnswerError } from '../../src/operation/failures/platform-errors'
import { DeadlineExceededError } from '../../src/shared/deadline'

/** Bundled like an integration: what stands in logs and reports for each kind of error. */
const errorNames = (): string[] => {
  const errors: Error[] = [
    new RuntimeError('a text for the bot’s owner'),
    new axios.AxiosError('refused', 'ECONNREFUSED'),
    new axios.CanceledError(),
    new DeadlineExceededError(),
    new MustRepeatError(undefined),
    new NotYetError(),
    new PlatformAnswerError(),
    new WrongGroupError('text'),
    new livechat.LiveChatApiError('send_event', 'validation', 400),
    new livechat.LiveChatAccountsError('server_error', undefined, 500),
    new livechat.LiveChatNetworkError('send_event', 'ECONNRESET'),
    new livechat.LiveChatTooLargeError('get_chat'),
    new livechat.LiveChatTimeoutError('get_chat'),
    new livechat.LiveChatSchemaError('get_chat', ['id']),
    new livechat.LiveChatIdentityLostError('customer'),
    new livechat.LiveChatAuthorUnknownError(),
    new livechat.LiveChatOpenerUnknownError(),
  ]
  return errors.map((error) => `${error.name}${isApiError(error) ? `, ${error.type}, ${error.code}` : ''}`)
}

export default { handler: errorNames }
