import { botEvents, type BotVoice } from '../../content/to-agent/outgoing-events'
import { withBotVoice } from '../../customers/bot-voice'
import type { Customer } from '../../customers/credentials'
import { updateCustomerCard } from '../../customers/customer-card'
import {
  apiFor,
  customersKeptSince,
  dropCustomer,
  keepNewCustomer,
  newCustomer,
  type Customers,
} from '../../customers/customer-store'
import type { CustomerApi, CustomerDetails, ThreadRequest } from '../../livechat/customer-api'
import { isApiErrorOfType, LiveChatIdentityLostError } from '../../livechat/errors'
import {
  newOpeningTrace,
  openThread,
  type MayClose,
  type OpenedThread,
  type OpeningTrace,
} from '../../livechat/open-thread'
import type { LiveChatChatSummary } from '../../livechat/schema'
import { sendEventOnce } from '../../livechat/send-event-once'
import { startIdPrefix } from '../../livechat/thread-opener'
import { bestEffort } from '../../operation/best-effort'
import { budgets } from '../../operation/budgets'
import type { Scope } from '../../operation/scope'
import { endUnnoticedSession } from '../after-end/unnoticed-end'
import type { Session } from '../session'
import { sessionsOfUser } from '../session-store'
import { threadOf } from '../thread'
import type { HistoryFiles } from './history-files'
import { judgeOpenThread } from './open-thread-use'

/**
 * `isJoined`: an agent has opened the thread. A start that fails must not close it. `furtherCustomer`: a new customer of
 * a user who has others.
 */
export type StartedThread = OpenedThread & { livechatCustomerId: string; isJoined?: true; furtherCustomer?: Customer }
/** What a start tries to open in LiveChat, and the thread that it has opened. */
export type Opened = { attempt?: { livechatCustomerId: string; trace: OpeningTrace }; thread?: StartedThread }
export type StartRequest = {
  botpressUserId: string
  details: CustomerDetails
  briefing: string
  historyFiles: HistoryFiles
  /** The first customer of a new user. We request it at once, at the same time as other look-ups. */
  firstCustomer: Promise<Customer> | undefined
  groupId: number | undefined
  /** Whether the user may join a thread that an agent has opened: never if the user was found only by e-mail. */
  mayJoin: boolean
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
  const thread =
    (await startAsOneOf(scope, customers.customers, request, opened)) ??
    (await startAsOneOf(scope, await customersKeptSince(scope, botpressUserId, customers), request, opened))
  if (thread) return thread

  for (let tries = 1; tries <= maxNewCustomers; tries += 1) {
    const customer = await ((tries === 1 ? request.firstCustomer : undefined) ?? newCustomer(scope))
    const first = await startAsNew(scope, customer, request, opened)
    if (first) return first
  }
  throw new Error('Other starts of the same user have used each new LiveChat customer')
}

const maxNewCustomers = 3

/** @returns `undefined` if another start of the user has found the new customer, and was faster */
const startAsNew = async (
  scope: Scope,
  customer: Customer,
  request: StartRequest,
  opened: Opened,
): Promise<StartedThread | undefined> => {
  const { botpressUserId } = request
  request.historyFiles.upload(customer)
  const [hasOthers] = await Promise.all([
    keepNewCustomer(scope, botpressUserId, customer),
    updateCustomerCard(scope, botpressUserId, customer, request.details),
  ])
  const first = await open(scope, apiFor(scope, botpressUserId, customer), request, undefined, opened)
  return first && hasOthers ? { ...first, furtherCustomer: customer } : first
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
    const [chat, sessions] = await Promise.all([api.findChat(), earlierSessions(scope, request.botpressUserId)])
    const use = chat?.active ? await judgeOpenThread(scope, api, chat) : 'free'
    if (use === 'busy' || (use === 'byAgent' && !request.mayJoin)) return undefined
    if (!(await endEarlier(scope, chat, sessions))) return undefined
    request.historyFiles.upload(customer)
    if (chat && use === 'byAgent') return await joinThread(scope, api, request, chat)
    const opening = open(scope, api, request, chat, opened)
    try {
      await Promise.all([opening, updateCustomerCard(scope, request.botpressUserId, customer, request.details)])
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

/**
 * Joins a thread that an agent has opened: sends the briefing into it. The first read of the session then brings what the
 * agent has said so far.
 */
const joinThread = async (
  scope: Scope,
  api: CustomerApi,
  request: StartRequest,
  { id: chatId, last_thread_id: threadId }: LiveChatChatSummary,
): Promise<StartedThread | undefined> => {
  if (threadId === undefined) return undefined
  const joinId = `join-${scope.runtime.newId()}`
  await withBotVoice(scope, async (voice) => {
    for (const event of botEvents(request.briefing, joinId, voice)) await sendEventOnce(api, chatId, threadId, event)
  })
  scope.log.info('joined_agents_thread', { livechatChatId: chatId, livechatThreadId: threadId })
  return { chatId, threadId, livechatCustomerId: api.customerId, isJoined: true }
}

const open = async (
  scope: Scope,
  api: CustomerApi,
  request: StartRequest,
  chat: LiveChatChatSummary | undefined,
  opened: Opened,
): Promise<StartedThread | undefined> => {
  const startId = `${startIdPrefix}${scope.runtime.newId()}`
  const trace = newOpeningTrace()
  opened.attempt = { livechatCustomerId: api.customerId, trace }
  const mayClose: MayClose = async (found) => (await judgeOpenThread(scope, api, found)) === 'leftover'
  const result = await withBotVoice(scope, (voice) =>
    openThread(api, threadRequest(scope, request, startId, voice), chat, mayClose, trace),
  )
  return result.opened ? { ...result.thread, livechatCustomerId: api.customerId } : undefined
}

const threadRequest = (scope: Scope, request: StartRequest, startId: string, voice: BotVoice): ThreadRequest => ({
  groupId: request.groupId,
  events: botEvents(request.briefing, startId, voice),
  continuous: scope.settings.whenOffline === 'queue',
  ignoreBots: !scope.settings.allowBots,
})

/** The user's latest sessions. `undefined` if they cannot be looked up in time. */
const earlierSessions = (scope: Scope, botpressUserId: string): Promise<Session[] | undefined> =>
  bestEffort(scope, { budgetMs: budgets.start.niceToKnowMs, code: 'earlier_sessions_not_found' }, (limited) =>
    sessionsOfUser(limited, botpressUserId),
  )

/**
 * If the chat's last thread is closed but its webhook was lost, ends the session of that thread, before a new thread is
 * opened. LiveChat's calls name a chat, not a thread. So messages of the old session would go to the new thread, which
 * may belong to another end user.
 * @returns `false` if this fails. Then the start must use another customer, and a later start tries again
 */
const endEarlier = async (
  scope: Scope,
  chat: LiveChatChatSummary | undefined,
  sessions: Session[] | undefined,
): Promise<boolean> => {
  if (!chat || chat.active || chat.last_thread_id === undefined) return true
  const ids = { livechatChatId: chat.id, livechatThreadId: chat.last_thread_id }
  if (threadOf(scope, ids).session?.ended) return true
  const isOfThread = ({ livechatThreadId }: Session): boolean => livechatThreadId === ids.livechatThreadId
  if (sessions?.find(isOfThread)?.ended) return true
  const effort = { budgetMs: budgets.start.earlierEndMs, code: 'earlier_session_not_ended' }
  const isEnded = await bestEffort(scope, effort, async (limited) => {
    await endUnnoticedSession(limited, ids)
    return true
  })
  return isEnded ?? false
}
