import { isApiError, RuntimeError } from '@botpress/sdk'
import {
  LiveChatAccountsError,
  LiveChatApiError,
  LiveChatIdentityLostError,
  LiveChatNetworkError,
  LiveChatSchemaError,
  LiveChatTimeoutError,
  LiveChatTooLargeError,
} from '../../livechat/errors'
import { DeadlineExceededError } from '../../shared/deadline'
import { pages } from '../../definitions/console-pages'
import { isPlatformError, mayLaterSucceed, MustRepeatError } from './platform-errors'

const notReachable =
  'LiveChat could not be reached. Nothing needs to be changed: try again in a moment, and see status.text.com if it lasts.'

const busy = 'LiveChat is limiting the number of calls at the moment. Nothing needs to be changed: try again later.'

const checkInstalled = `Check under ${pages.installation} that the app is installed for your organization`
const groupNumber = `The number is in the address of the group’s page: ${pages.groups}.`

const update = 'Look for an update of the integration, and report it to its maintainers if there is none.'
const sessionEnds = 'Nothing needs to be changed: the end user may start a new session.'

/** All documented types of errors. Some belong to calls that we do not make; LiveChat may still answer with them. */
const byType: Record<string, string> = {
  groups_offline: 'nobody is online in LiveChat for this group. Try later, or set "When nobody is online" to "queue".',
  group_not_found: `the LiveChat group does not exist. Correct "Group ID" in the configuration, or "LiveChat group" (groupId in hitlSession) of the card that starts the session. ${groupNumber}`,
  customer_banned:
    'this end user is banned in LiveChat. An administrator can lift the ban in LiveChat under Settings > Security > Banned customers.',
  chat_inactive: `the LiveChat chat is closed. ${sessionEnds}`,
  chat_anonymized: `the LiveChat chat was anonymized and takes no more messages. ${sessionEnds}`,
  chat_limit_reached: `this end user already has an open chat in LiveChat. Close it there, or try again when it is closed.`,
  chat_already_active: `this end user's chat is already open in LiveChat. Close it there, or try again when it is closed.`,
  customer_session_fields_limit_reached:
    'the customer has more session fields than LiveChat allows. Let the bot pass fewer entries in "customFields" of hitlSession.',
  validation: `LiveChat does not accept what the integration sent. If the bot passes details in hitlSession, check them. ${update}`,
  not_found: `LiveChat no longer has the chat or the object of this call. ${sessionEnds}`,
  missing_access: `LiveChat does not give access to this chat or group. Check under ${pages.groups} that the group in "Group ID" exists. ${checkInstalled}.`,
  group_offline: 'nobody is online in LiveChat for this group. Try later, or set "When nobody is online" to "queue".',
  group_unavailable: 'no agent of this LiveChat group is free. Try later, or set "When nobody is online" to "queue".',
  greeting_not_found: `LiveChat does not know a greeting that the integration named. ${update}`,
  agent_offline: 'the LiveChat agent is offline. Try again when an agent is online.',
  already_exists:
    'LiveChat already has what the integration wanted to make. Nothing needs to be changed: try again in a moment.',
  ownership_transfer: `LiveChat refused to pass on what an agent owns. ${update}`,
  unsupported_version: `LiveChat no longer supports the API version of this integration. ${update}`,
  users_limit_reached:
    'LiveChat has too many users connected. Try again later, and see Billing in LiveChat for what the plan includes.',
  pending_requests_limit_reached:
    'LiveChat has too many calls under way. Nothing needs to be changed: try again in a moment.',
  seats_limit_exceeded:
    'LiveChat has no free seat. See Billing in LiveChat for the number of agents that the plan includes.',
  requester_already_offline:
    'the LiveChat agent of the Personal Access Token is offline. Let the agent log in, or make a new token.',
  requester_awaiting_approval:
    'the LiveChat agent of the Personal Access Token awaits approval. An administrator can approve the agent in LiveChat under Team > Agents.',
  requester_suspended:
    'the LiveChat agent of the Personal Access Token is suspended. Make a new token as another administrator.',
  not_allowed: `LiveChat does not allow this call. ${checkInstalled}.`,
  license_expired: 'the LiveChat license has expired. Renew the subscription in LiveChat.',
  license_not_found: `LiveChat does not know this organization. Copy "Organization ID" again from ${pages.account}.`,
  authentication: `LiveChat refused the access token twice. Copy "Client ID" again from ${pages.authorization}, and "Organization ID" from ${pages.account}.`,
  authorization: `LiveChat does not allow this call. Check that the app belongs to the organization of the configuration: "Client ID" (${pages.authorization}) and "Organization ID" (${pages.account}) must be of the same organization.`,
  entity_too_large: 'the file is larger than the 10 MB that LiveChat accepts.',
  limit_reached:
    'LiveChat answered "limit_reached": a limit of its plan. See Billing in LiveChat for what the plan includes, or try again when fewer chats are open.',
  too_many_requests: busy,
  internal: notReachable,
  request_timeout: notReachable,
  service_unavailable: notReachable,
  misdirected_request:
    'LiveChat keeps this license in another region and did not accept the one that it named itself. Try again later, and ask LiveChat support if it lasts.',
  wrong_product_version:
    'this LiveChat license is of an old version that the API does not support. Ask LiveChat support to migrate it.',
}

/**
 * Explains a failed call in a short text that says who must do what. Contains no token, and nothing that end users or
 * agents wrote.
 */
export const explain = (error: unknown): string => {
  if (error instanceof LiveChatApiError) {
    const known = Object.hasOwn(byType, error.type) ? byType[error.type] : undefined
    if (known !== undefined) return known
    if (error.status === 429) return busy
    if (error.retryable) return notReachable
    return error.type === 'unknown'
      ? explainStranger(`HTTP ${error.status}`, blockingStatuses.has(error.status))
      : `LiveChat refused "${error.action}" with error "${error.type}". ${update}`
  }
  if (error instanceof LiveChatAccountsError) return explainAccounts(error)
  if (error instanceof LiveChatNetworkError || error instanceof LiveChatTimeoutError) return notReachable
  if (error instanceof LiveChatTooLargeError)
    return 'the chat in LiveChat is too long to be read. Close it, and hand over again if the end user still needs help.'
  if (error instanceof DeadlineExceededError)
    return 'LiveChat or Botpress took too long to answer. Nothing needs to be changed: try again in a moment.'
  if (error instanceof LiveChatSchemaError && error.isOfStranger) return explainStranger('no JSON')
  if (error instanceof LiveChatSchemaError)
    return `LiveChat answered in a form that this version does not understand (${error.message}). Look for an update of the integration.`
  if (error instanceof LiveChatIdentityLostError)
    return 'LiveChat no longer recognises this end user, so this session cannot go on. The next session starts under a new LiveChat customer.'
  if (error instanceof MustRepeatError) return explain(error.cause)
  if (isPlatformError(error)) return explainPlatform(error)
  return 'an unexpected error occurred in the integration. Its log has the details.'
}

/** With these, something on the way, such as a proxy, says that it blocks the call. A retry gets the same answer. */
const blockingStatuses = new Set([403, 407, 451])

/**
 * Explains an answer that is not LiveChat's own, such as the page of a proxy. It says nothing about the configuration.
 */
const explainStranger = (what: string, isBlocked = false): string =>
  `the answer (${what}) does not come from LiveChat itself, but from something on the way, such as a proxy or a firewall. ${
    isBlocked
      ? 'The configuration is not the cause. On a network of your own, let its administrator allow accounts.livechat.com and api.livechatinc.com. If this ran in Botpress, tell Botpress support.'
      : 'Nothing needs to be changed in the configuration: try again in a moment. If it lasts, see status.text.com, and on a network of your own let its administrator allow accounts.livechat.com and api.livechatinc.com.'
  }`

const explainPlatform = (error: unknown): string => {
  if (isApiError(error) && error.code === 402)
    return 'Botpress refuses calls until its bill is paid. See Billing in the Botpress Dashboard.'
  if (isApiError(error) && error.type === 'QuotaExceeded')
    return 'Botpress refuses calls because a quota of the workspace is used up. See Usage in the Botpress Dashboard.'
  return isApiError(error) && !mayLaterSucceed(error)
    ? `Botpress refused a call of the integration (${error.type}). Report it to the maintainers of the integration.`
    : 'Botpress could not be reached by the integration. Nothing needs to be changed: try again in a moment, and see status.botpress.com if it lasts.'
}

/** Explains an error of LiveChat's accounts server. Names the field to correct, and where to click. */
const explainAccounts = (error: LiveChatAccountsError): string => {
  const { exception, details, redirectUri = 'the webhook URL of the integration' } = error
  if (details === 'client_id_not_found') {
    return `LiveChat does not know this "Client ID". Copy it again from ${pages.authorization}.`
  }
  if (details === 'invalid_redirect_uri' || details === 'redirect_uri_not_set') {
    return `LiveChat does not know this address of your bot. ${whitelist(redirectUri)}`
  }
  if (error.status === 429) return busy
  if (error.retryable || details === 'too_many_redirects') return notReachable
  if (exception === 'unknown') return explainStranger(`HTTP ${error.status}`, blockingStatuses.has(error.status))
  switch (exception) {
    case 'access_denied':
    case 'forbidden':
      return `LiveChat blocked access. ${checkInstalled} and not suspended. If it happens with one end user only, see LiveChat under Settings > Security > Banned customers.`
    case 'unauthorized_client':
    case 'invalid_client':
      return `LiveChat does not accept this "Client ID" for this bot. Compare it with the one under ${pages.authorization}. If it is the same: ${whitelist(redirectUri)}`
    case 'resource_not_found':
    case 'bad_request':
    case 'invalid_request':
    case 'invalid_grant':
      return `LiveChat does not know this "Organization ID". Copy it again from ${pages.account}.`
    default:
      return `LiveChat's accounts server refused with "${exception}". Copy "Client ID" again from ${pages.authorization}, and "Organization ID" from ${pages.account}.`
  }
}

/** Ends with the address, so that it can be copied. */
const whitelist = (redirectUri: string): string =>
  `Open ${pages.authorization}, add the address to the Redirect URI whitelist, save there, then save here again. The address is exactly: ${redirectUri}`

/**
 * An error for the bot's owner. `doing` says what failed; the rest says why, and what to do. Returns a RuntimeError
 * unchanged.
 */
export const toRuntimeError = (doing: string, error: unknown): RuntimeError =>
  error instanceof RuntimeError
    ? error
    : new RuntimeError(`${doing}: ${explain(error)}`, error instanceof Error ? error : undefined)

/** A text of `explain` with a capital letter at its start, for use without other words before it. */
export const capitalised = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1)

/**
 * An error as the log shows it: its name and, if it has one, the vendor's `type`. The message is left out, because it
 * may quote end users or agents.
 */
export const errorCode = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown'
  const type: unknown = Reflect.get(error, 'type')
  return typeof type === 'string' ? `${error.name} ${type}` : error.name
}
