import { createCustomerApi, type CustomerApi, type ThreadRequest } from '../../src/livechat/customer-api'
import type { HttpResponse } from '../../src/livechat/transport/http'
import { json, scriptedLiveChat, type Answer } from './scripted-livechat'

export const chat = { id: 'chat-1', thread: { id: 'thread-1', active: true, events: [] }, users: [] }

/** The API as one customer of a scripted LiveChat sees it. */
export const createApi = (
  answers: Answer[],
  { budgetMs = 20_000, region }: { budgetMs?: number; region?: string } = {},
) => {
  const { http, runtime, deadline, requests, waits } = scriptedLiveChat(answers, { budgetMs })
  const renewals: string[] = []
  let currentRegion = region
  let token = 'dal:token-1'
  const api = createCustomerApi(
    runtime,
    http,
    'org 1&x=y',
    {
      customerId: 'customer-1',
      accessToken: () => Promise.resolve(token),
      renew: (refused) => {
        renewals.push(refused)
        token = 'dal:token-2'
        return Promise.resolve(token)
      },
      get region() {
        return currentRegion
      },
      followRegion: (next) => {
        currentRegion = next
      },
    },
    deadline,
  )
  return { api, requests, waits, renewals }
}

export const thread: ThreadRequest = {
  groupId: 19,
  events: [{ type: 'message', text: 'private words', custom_id: 'c1' }],
  continuous: true,
  ignoreBots: true,
}
export const message = { type: 'message', text: 'private words', custom_id: 'c1' } as const
export const file = { name: 'a.txt', contentType: 'text/plain', bytes: Buffer.from('private words') }

export type Call = { send: (api: CustomerApi) => Promise<unknown>; success: HttpResponse }
export const writesOnce: Record<string, Call> = {
  start_chat: {
    send: (api) => api.startChat(thread),
    success: json(200, { chat_id: 'chat-1', thread_id: 'thread-1' }),
  },
  resume_chat: { send: (api) => api.resumeChat('chat-1', thread), success: json(200, { thread_id: 'thread-1' }) },
  send_event: { send: (api) => api.sendEvent('chat-1', message), success: json(200, { event_id: 'event-1' }) },
  deactivate_chat: { send: (api) => api.deactivateChat('chat-1'), success: json(200, {}) },
}
export const repeatables: Record<string, Call> = {
  upload_file: {
    send: (api) => api.uploadFile(file),
    success: json(200, { url: 'https://cdn.livechat-files.com/1' }),
  },
  update_customer: { send: (api) => api.updateCustomer({ name: 'Plum' }), success: json(200, {}) },
  get_chat: { send: (api) => api.getChat('chat-1', 'thread-1'), success: json(200, chat) },
  send_rich_message_postback: {
    send: (api) => api.sendRichMessagePostback('chat-1', 'thread-1', 'event-1', { id: 'p1', toggled: true }),
    success: json(200, {}),
  },
  list_chats: { send: (api) => api.findChat(), success: json(200, { chats_summary: [] }) },
  list_group_statuses: { send: (api) => api.listGroupStatuses([0]), success: json(200, { groups_status: {} }) },
}
export const calls = { ...writesOnce, ...repeatables }
