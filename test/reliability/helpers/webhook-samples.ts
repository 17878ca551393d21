type Json = Record<string, unknown>
export type WebhookSample = { versions: ('3.5' | '3.6' | '3.7')[]; action: string; payload: Json }

const all: WebhookSample['versions'] = ['3.5', '3.6', '3.7']
const newer: WebhookSample['versions'] = ['3.6', '3.7']
const chat = { chat_id: 'PJ0MRSHTDG', thread_id: 'K600PKZON8' }
const customerId = 'b7eff798-f8df-4364-8059-649c35c9ed0c'
const event = {
  id: 'K600PKZON8_3',
  created_at: '2019-12-09T12:01:18.909000Z',
  visibility: 'all',
  author_id: 'smith@example.com',
  properties: { lc2: { welcome_message: false } },
}
const agent = {
  id: 'smith@example.com',
  type: 'agent',
  name: 'Agent Smith',
  email: 'smith@example.com',
  present: true,
  events_seen_up_to: '2019-10-08T11:56:53.000000Z',
  avatar: 'cdn.livechatinc.com/avatars/1.png',
  visibility: 'all',
}
const customer = { id: customerId, type: 'customer', name: 'Thomas Anderson', present: true }
const thread = {
  id: 'K600PKZON8',
  active: true,
  user_ids: [customerId],
  events: [],
  access: { group_ids: [0] },
  tags: [],
}
const queue = { position: 42, wait_time: 1337 }
const requester = { user_id: 'smith@example.com', account_id: '1', client_id: '2' }

const sample = (versions: WebhookSample['versions'], action: string, payload: Json): WebhookSample => ({
  versions,
  action,
  payload,
})

/** One delivery of each documented webhook of the versions 3.5, 3.6 and 3.7, as LiveChat's pages show them. */
export const webhookSamples: WebhookSample[] = [
  ...(
    [
      { type: 'message', text: 'Hello' },
      { type: 'file', name: 'a.png', url: 'https://cdn.livechat-files.com/a.png', content_type: 'image/png', size: 1 },
      {
        type: 'rich_message',
        template_id: 'cards',
        elements: [
          {
            title: 'Card',
            subtitle: 'Text',
            image: { url: 'https://example.com/a.png' },
            buttons: [{ text: 'Yes', type: 'message', value: 'yes', postback_id: 'p', user_ids: [] }],
          },
        ],
      },
      { type: 'filled_form', form_id: 'f', fields: [{ type: 'name', id: '1', label: 'Name', answer: 'Thomas' }] },
      { type: 'form', form_type: 'postchat', fields: [] },
      { type: 'custom', content: { custom: { json: true } } },
      {
        type: 'system_message',
        system_message_type: 'routing.assigned',
        text: 'Assigned',
        text_vars: { agent: 'Smith' },
        author_id: undefined,
      },
    ] as Json[]
  ).map((content) => sample(all, 'incoming_event', { ...chat, event: { ...event, ...content } })),
  sample(newer, 'incoming_event', {
    ...chat,
    event: {
      ...event,
      type: 'system',
      source: 'routing',
      subtype: 'x',
      version: '1',
      details: '{}',
      author_id: undefined,
    },
  }),
  sample(newer, 'incoming_event', { ...chat, event: { ...event, type: 'message', deleted: true } }),
  sample(all, 'incoming_chat', { chat: { id: 'PJ0MRSHTDG', users: [customer, agent], properties: {}, thread } }),
  sample(all, 'chat_deactivated', { ...chat, user_id: customerId }),
  sample(['3.5'], 'chat_transferred', {
    ...chat,
    requester_id: 'jones@example.com',
    reason: 'manual',
    transferred_to: { group_ids: [19], agent_ids: ['smith@example.com'] },
    queue: { ...queue, queued_at_us: '2019-12-09T12:01:18.909000Z' },
  }),
  sample(newer, 'chat_transferred', {
    ...chat,
    requester_id: 'jones@example.com',
    reason: 'manual',
    transferred_to: { group_ids: [19], agent_ids: ['smith@example.com'] },
    queue: { ...queue, queued_at: '2019-12-09T12:01:18.909000Z' },
  }),
  sample(all, 'chat_access_updated', { id: 'PJ0MRSHTDG', access: { group_ids: [1] } }),
  sample(all, 'user_added_to_chat', { ...chat, user: agent, reason: 'manual', requester_id: 'smith@example.com' }),
  sample(all, 'user_removed_from_chat', { ...chat, user_id: 'smith@example.com', reason: 'manual' }),
  sample(all, 'event_updated', { ...chat, event: { ...event, type: 'message', text: 'Hello again' } }),
  sample(newer, 'event_deleted', { ...chat, event_id: 'K600PKZON8_3' }),
  sample(['3.5'], 'incoming_rich_message_postback', {
    ...chat,
    user_id: customerId,
    event_id: 'e',
    postback: { id: 'p', toggled: true },
  }),
  sample(newer, 'incoming_rich_message_postback', {
    ...chat,
    user_id: customerId,
    event_id: 'e',
    postback: { id: 'p', toggled: true, button_type: 'message', button_value: 'yes', ecommerce: {} },
  }),
  sample(all, 'routing_status_set', { agent_id: 'smith@example.com', status: 'accepting chats' }),
  sample(all, 'events_marked_as_seen', {
    user_id: customerId,
    chat_id: 'PJ0MRSHTDG',
    seen_up_to: '2019-12-09T12:01:18.909000Z',
  }),
  sample(all, 'customer_session_fields_updated', {
    id: customerId,
    active_chat: chat,
    session_fields: [{ key: 'value' }],
  }),
  sample(all, 'chat_properties_updated', { chat_id: 'PJ0MRSHTDG', properties: { rating: { score: { value: 1 } } } }),
  sample(all, 'chat_properties_deleted', { chat_id: 'PJ0MRSHTDG', properties: { rating: ['score'] } }),
  sample(all, 'thread_properties_updated', { ...chat, properties: { rating: { value: 1 } } }),
  sample(all, 'thread_properties_deleted', { ...chat, properties: { rating: ['value'] } }),
  sample(all, 'event_properties_updated', { ...chat, event_id: 'e', properties: { rating: { value: 1 } } }),
  sample(all, 'event_properties_deleted', { ...chat, event_id: 'e', properties: { rating: ['value'] } }),
  sample(all, 'thread_tagged', { ...chat, tag: 'bug_report' }),
  sample(all, 'thread_untagged', { ...chat, tag: 'bug_report' }),
  sample(newer, 'thread_summary_set', {
    ...chat,
    summary: { status: 'success', text: 'Summary', updated_at: '2019-12-09T12:01:18Z' },
  }),
  sample(['3.5'], 'incoming_customer', { id: customerId, last_visit: {}, type: 'customer' }),
  ...[
    'agent_created',
    'agent_approved',
    'agent_updated',
    'agent_suspended',
    'agent_unsuspended',
    'agent_deleted',
    'auto_accesses_updated',
    'bot_created',
    'bot_updated',
    'bot_deleted',
    'group_created',
    'group_updated',
    'group_deleted',
    'tag_created',
    'tag_updated',
    'tag_deleted',
  ].flatMap((action) => [
    sample(['3.5'], action, { id: 'x', name: 'x' }),
    sample(newer, action, { id: 'x', name: 'x', requester }),
  ]),
]
