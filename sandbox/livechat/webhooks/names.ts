import type { ApiVersion } from '../model'

type WebhookName = { filters: string[]; additionalData: string[] }

const chatFilters = ['chat_presence', 'only_my_chats', 'source_type']
const chatData = ['chat_properties', 'chat_presence_user_ids']
const chatAction: WebhookName = { filters: chatFilters, additionalData: chatData }
const eventAction: WebhookName = { filters: ['author_type', ...chatFilters], additionalData: chatData }
const licenseAction: WebhookName = { filters: ['source_type'], additionalData: [] }

const NAMES: Record<string, WebhookName> = {
  incoming_chat: chatAction,
  incoming_event: eventAction,
  event_updated: eventAction,
  event_deleted: chatAction,
  incoming_rich_message_postback: chatAction,
  chat_deactivated: chatAction,
  chat_properties_updated: chatAction,
  chat_properties_deleted: chatAction,
  thread_properties_updated: chatAction,
  thread_properties_deleted: chatAction,
  event_properties_updated: chatAction,
  event_properties_deleted: chatAction,
  chat_access_updated: chatAction,
  chat_transferred: chatAction,
  user_added_to_chat: chatAction,
  user_removed_from_chat: chatAction,
  thread_tagged: chatAction,
  thread_untagged: chatAction,
  thread_summary_set: chatAction,
  events_marked_as_seen: chatAction,
  customer_session_fields_updated: { filters: ['chat_presence', 'source_type'], additionalData: chatData },
  routing_status_set: { filters: ['agent_ids', 'source_type'], additionalData: [] },
  incoming_customer: licenseAction,
  ...Object.fromEntries(
    [
      ...['agent_created', 'agent_approved', 'agent_updated', 'agent_suspended', 'agent_unsuspended', 'agent_deleted'],
      ...['auto_accesses_updated', 'bot_created', 'bot_updated', 'bot_deleted'],
      ...['group_created', 'group_updated', 'group_deleted', 'tag_created', 'tag_updated', 'tag_deleted'],
    ].map((name) => [name, licenseAction]),
  ),
}

const ONLY_FROM_36 = new Set(['event_deleted', 'thread_summary_set'])
const ONLY_IN_35 = new Set(['incoming_customer'])

/** The webhooks of one version, as `list_webhook_names` returns them. */
export const webhookNames = (version: ApiVersion): Map<string, WebhookName> =>
  new Map(
    Object.entries(NAMES).filter(([name]) => (version === '3.5' ? !ONLY_FROM_36.has(name) : !ONLY_IN_35.has(name))),
  )
