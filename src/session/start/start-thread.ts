import { botEvents, type BotVoice } from '../../content/to-agent/outgoing-events'
import { withBotVoice } from '../../customers/bot-voice'
import type { Customer } from '../../customers/credentials'
import { updateCustomerCard } from '../../customers/customer-card'
import {
  apiFor,
  confirmKept,
  customersKeptSince,
  dropCustomer,
  keepNewCustomer,
  newCustomer,
  type Customers,
} from '../../customers/customer-store'
import type { CustomerApi, CustomerDetails, ThreadRequest } from '../../livechat/customer-api'
import { isApiErrorOfType, LiveChatIdentityLostError } from '../../livechat/errors'
import { newOpeningTrace, openThread, type OpenedThread, type OpeningTrace } from '../../livechat/open-thread'
import type { LiveChatChatSummary } from '../../livechat/schema'
import { bestEffort } from '../../operation/best-effort'
import { budgets, startIsOverAfterMs } from '../../operation/budgets'
import type { Scope } from '../../operation/scope'
import { endUnnoticedSession } from '../catch-up/unnoticed-end'
import { lookUpSession } from '../session-store'
import { threadOf } from '../thread'
import type { HistoryFiles } from './history-files'

export type StartedThread = OpenedThread & { livechatCustomerId: string }
/** What a start tries to open in LiveChat, and the thread that it has opened. */
export type Opened = { attempt?: { livechatCustomerId: string; trace: OpeningTrace }; thread?: StartedThread }
export type StartRequest = {
  botpressUserId: string
  details: CustomerDetails
  briefing: string
  historyFiles: HistoryFiles
  groupId: number | undefined
}

/**
 * Opens the thread of a new session as one of the user's stored LiveChat customers. If all of them are in other
 * sessions, creates a new customer. Never writes to the open thread of another session, and never changes what the
 * agent of another session sees. Notes in `opened` what to close if the start fails.
 */
export const startThread = async (
  scope: Scope,
  request: StartRequest,
  customers: Customers,
  opened: Opened,
): Promise<StartedThread> => {
  const { botpressUserId } = request
  const known = customers.customers
  const thread =
    (await startAsOneOf(scope, known, request, opened)) ??
    (await startAsOneOf(scope, await customersKeptSince(scope, botpressUserId, customers), request, opened))
  if (thread) return thread

  const customer = await newCustomer(scope)
  request.historyFiles.upload(customer)
  await Promise.all([
    keepNewCustomer(scope, botpressUserId, customer),
    updateCustomerCard(scope, botpressUserId, customer, request.details),
  ])
  const first = await open(scope, apiFor(scope, botpressUserId, customer), request, undefined, opened)
  if (!first) throw new Error('A new LiveChat customer already has a chat in use')
  if (known.length > 0) {
    opened.thread = first
    await confirmKept(scope, botpressUserId, customer)
  }
  return first
}

const startAsOneOf = async (
  scope: Scope,
  customers: Customer[],
  request: StartRequest,
  opened: Opened,
): Promise<StartedThread | undefined> => {
  for (const customer of customers) {
    const thread = await startAsKept(scope, customer, request, opened)
    if (thread) return thread
  }
  return undefined
}

/**
 * Opens the thread as a stored customer. Returns `undefined` if the customer is in another session, or if LiveChat no
 * longer knows the customer.
 */
const startAsKept = async (
  scope: Scope,
  customer: Customer,
  request: StartRequest,
  opened: Opened,
): Promise<StartedThread | undefined> => {
  const api = apiFor(scope, request.botpressUserId, customer)
  try {
    const chat = await api.findChat()
    if (chat?.active && !(await isLeftover(scope, chat))) return undefined
    request.historyFiles.upload(customer)
    const opening = open(scope, api, request, chat, opened)
    try {
      await Promise.all([
        opening,
        updateCustomerCard(scope, request.botpressUserId, customer, request.details),
        endUnnoticed(scope, chat),
      ])
    } finally {
      // `undoStart` looks for what this start opened, to close it. It must not look before this attempt to open has
      // ended.
      await Promise.allSettled([opening])
    }
    return await opening
  } catch (error) {
    if (error instanceof LiveChatIdentityLostError) return undefined
    if (!isApiErrorOfType(error, 'chat_anonymized')) throw error
    await dropCustomer(scope, request.botpressUserId, customer.customerId)
    return undefined
  }
}

const open = async (
  scope: Scope,
  api: CustomerApi,
  request: StartRequest,
  chat: LiveChatChatSummary | undefined,
  opened: Opened,
): Promise<StartedThread | undefined> => {
  const startId = `start-${scope.runtime.newId()}`
  const trace = newOpeningTrace()
  opened.attempt = { livechatCustomerId: api.customerId, trace }
  const result = await withBotVoice(scope, (voice) =>
    openThread(api, threadRequest(scope, request, startId, voice), chat, (found) => isLeftover(scope, found), trace),
  )
  return result.opened ? { ...result.thread, livechatCustomerId: api.customerId } : undefined
}

const threadRequest = (scope: Scope, request: StartRequest, startId: string, voice: BotVoice): ThreadRequest => ({
  groupId: request.groupId,
  events: botEvents(request.briefing, startId, voice),
  continuous: scope.settings.whenOffline === 'queue',
  ignoreBots: !scope.settings.allowBots,
})

/**
 * If the chat's last thread is closed but its webhook was lost, ends the session of that thread. Otherwise the old
 * session goes on in its conversation, and its messages go to the new thread.
 */
const endUnnoticed = async (scope: Scope, chat: LiveChatChatSummary | undefined): Promise<void> => {
  if (!chat || chat.active || chat.last_thread_id === undefined) return
  const ids = { livechatChatId: chat.id, livechatThreadId: chat.last_thread_id }
  if (threadOf(scope, ids).session?.ended) return
  // A failure concerns the old session only. The end user's next message in it, or the next start, tries again.
  const effort = { budgetMs: budgets.start.earlierEndMs, code: 'earlier_session_not_ended' }
  await bestEffort(scope, effort, (limited) => endUnnoticedSession(limited, ids))
}

/**
 * Whether an open thread belongs to no live session. A thread is left over in three cases: it has no conversation, its
 * session has ended, or its conversation has no messages and records neither an agent nor a wait. A thread of the last
 * 30 s may belong to a start that still runs.
 */
const isLeftover = async (scope: Scope, chat: LiveChatChatSummary): Promise<boolean> => {
  const createdAtMs = Date.parse(chat.last_thread_created_at ?? '')
  if (Number.isNaN(createdAtMs) || scope.runtime.nowMs() - createdAtMs < startIsOverAfterMs) return false
  if (chat.last_thread_id === undefined) return true
  const session = await lookUpSession(scope, { livechatChatId: chat.id, livechatThreadId: chat.last_thread_id })
  if (!session || session.ended) return true
  if (session.holder.kind !== 'nobody' || session.queueTold) return false
  const { messages } = await scope.client.listMessages({ conversationId: session.conversationId })
  return messages.length === 0
}
