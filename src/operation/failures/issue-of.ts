import { LiveChatAccountsError, LiveChatApiError } from '../../livechat/errors'
import type { IssueCode } from './issue-texts'

const byType: Record<string, IssueCode> = {
  group_not_found: 'group_gone',
  license_expired: 'license_refused',
  limit_reached: 'license_refused',
  seats_limit_exceeded: 'license_refused',
  users_limit_reached: 'license_refused',
  wrong_product_version: 'license_refused',
  license_not_found: 'settings_refused',
}

const refusals = new Set(['unauthorized_client', 'invalid_client', 'resource_not_found'])

/** The issue that a failure stands for. `undefined` if it may pass by itself, or if the bot's owner cannot correct it. */
export const issueOf = (error: unknown): IssueCode | undefined => {
  if (error instanceof LiveChatAccountsError)
    return !error.retryable && refusals.has(error.exception) ? 'settings_refused' : undefined
  return error instanceof LiveChatApiError && Object.hasOwn(byType, error.type) ? byType[error.type] : undefined
}
