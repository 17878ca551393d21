import { botEvents, type BotVoice } from '../content/bot-voice'
import type { CustomerApi, CustomerDetails, ThreadRequest } from '../livechat/customer-api'
import { isApiErrorOfType } from '../livechat/errors'
import { openThread, type OpenedThread } from '../livechat/open-thread'
import type { LiveChatChatSummary } from '../livechat/schema'
import { withBotVoice } from './bot-voice'
import { apiFor, newCustomer } from './customers'
import type { Customers } from './memory'
import type { Scope } from './scope'
import { lookUpSession } from './sessions'

/** A start gives up after this long, so an older thread without a conversation has no parent any more. */
export const startBudgetMs = 20_000
const orphanAfterMs = startBudgetMs + 10_000

export type StartedThread = OpenedThread & { livechatCustomerId: string }
export type StartRequest = {
  botpressUserId: string
  details: CustomerDetails
  briefing: string
  groupId: number | undefined
}

/**
 * Opens the thread of a new session for a Botpress user: as their lasting LiveChat customer, or, while that one is in a
 * live session elsewhere, as a further one. Never writes into an open thread of another session.
 */
export const startThread = async (
  scope: Scope,
  request: StartRequest,
  customers: Customers,
): Promise<StartedThread> => {
  for (const customer of customers.customers) {
    const api = apiFor(scope, request.botpressUserId, customer)
    const [chat] = await Promise.all([api.findChat(), updateDetails(scope, api, request.details)])
    const thread = await open(scope, api, request, chat)
    if (thread) return { ...thread, livechatCustomerId: api.customerId }
  }
  const { api, keep } = await newCustomer(scope, request.botpressUserId)
  await Promise.all([keep(), updateDetails(scope, api, request.details)])
  const thread = await open(scope, api, request, undefined)
  if (!thread) throw new Error('A new LiveChat customer already has a chat in use')
  return { ...thread, livechatCustomerId: api.customerId }
}

const open = async (
  scope: Scope,
  api: CustomerApi,
  request: StartRequest,
  chat: LiveChatChatSummary | undefined,
): Promise<OpenedThread | undefined> => {
  const startId = `start-${scope.runtime.newId()}`
  const result = await withBotVoice(scope, (voice) =>
    openThread(api, threadRequest(scope, request, startId, voice), chat, (found) => isLeftover(scope, found)),
  )
  return result.opened ? result.thread : undefined
}

const threadRequest = (scope: Scope, request: StartRequest, startId: string, voice: BotVoice): ThreadRequest => ({
  groupId: request.groupId,
  events: botEvents(request.briefing, startId, voice),
  continuous: scope.settings.whenOffline === 'queue',
  ignoreBots: !scope.settings.allowBots,
})

/** A detail that LiveChat does not accept, such as a malformed address, must not keep a person from an agent. */
const updateDetails = async (scope: Scope, api: CustomerApi, details: CustomerDetails): Promise<void> => {
  try {
    await api.updateCustomer(details)
  } catch (error) {
    if (!isApiErrorOfType(error, 'validation')) throw error
    scope.log.warn('customer_details_refused', { livechatCustomerId: api.customerId })
    if (details.name !== undefined) await api.updateCustomer({ name: details.name })
  }
}

/**
 * Whether an open thread belongs to no live session. It is left over when no conversation stands for it, or when nobody
 * has said a word in the conversation since: then the start that made it never returned, or its person went elsewhere.
 * A young one may be another start under way.
 */
const isLeftover = async (scope: Scope, chat: LiveChatChatSummary): Promise<boolean> => {
  const createdAtMs = Date.parse(chat.last_thread_created_at ?? '')
  if (scope.runtime.nowMs() - createdAtMs < orphanAfterMs) return false
  const session =
    chat.last_thread_id === undefined ? undefined : await lookUpSession(scope, chat.id, chat.last_thread_id)
  if (!session) return true
  const { messages } = await scope.client.listMessages({ conversationId: session.conversationId })
  return messages.length === 0
}
