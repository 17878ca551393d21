import { isApiErrorOfType, LiveChatIdentityLostError } from '../livechat/errors'

/** LiveChat will never again take a message for this session: its thread is closed, or its chat or customer is gone. */
export const isSessionOver = (error: unknown): boolean =>
  isThreadGone(error) || error instanceof LiveChatIdentityLostError

/** The thread is closed for good, whoever closed it. */
const isThreadGone = (error: unknown): boolean =>
  isApiErrorOfType(error, 'chat_inactive', 'chat_anonymized', 'customer_banned', 'not_found')
