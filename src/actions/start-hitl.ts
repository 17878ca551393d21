import type * as bp from '../bp'
import { composeBriefing } from '../content/to-agent/briefing'
import { customerDetails, sessionFields } from '../content/to-agent/customer-details'
import { realName } from '../content/to-agent/placeholder-names'
import { tagFields, threadTags } from '../content/to-agent/requested-tags'
import { loadCustomers } from '../customers/customer-store'
import { budgets } from '../operation/budgets'
import { operation, type Host } from '../operation/operation'
import { unlessNotFound } from '../operation/platform-errors'
import { withBudget, type Scope } from '../operation/scope'
import { tagThread } from '../session/chat-tags'
import { catchUpAtStart } from '../session/catch-up/catch-up'
import { emitTimeline } from '../session/session-events'
import { createSession } from '../session/session-store'
import { startHistoryFiles } from '../session/start/history-files'
import { returningGroup } from '../session/start/returning-group'
import { startThread, type Opened, type StartedThread } from '../session/start/start-thread'
import { undoStart } from '../session/start/undo-start'

type Input = bp.ActionProps['startHitl']['input']
type User = Awaited<ReturnType<bp.Client['getUser']>>['user']

/**
 * Opens a LiveChat thread for the user, and creates the conversation that stands for it. A start that fails closes what
 * it opened. If the process is killed, the user's next start closes the thread.
 * @throws RuntimeError that says who must do what
 */
export const createStartHitl = (host: Host): bp.IntegrationProps['actions']['startHitl'] =>
  operation(
    host,
    {
      name: 'startHitl',
      budgetMs: budgets.start.wholeMs,
      failure: 'The conversation could not be handed over to LiveChat',
    },
    async (scope, { input }: bp.ActionProps['startHitl']) => {
      const opened: Opened = {}
      try {
        return await withBudget(scope, budgets.start.openingMs, (limited) => startInTurn(limited, input, opened))
      } catch (error) {
        await undoStart(scope, input.userId, opened)
        throw error
      }
    },
  )

/** Starts of one user run one after another: two at once would compete for the user's only LiveChat chat. */
const startInTurn = (scope: Scope, input: Input, opened: Opened): Promise<{ conversationId: string }> =>
  scope.memory.inTurn(scope.key('start', input.userId), () => start(scope, input, opened), scope.deadline.signal)

const start = async (scope: Scope, input: Input, opened: Opened): Promise<{ conversationId: string }> => {
  const historyFiles = startHistoryFiles(scope, input.messageHistory, input.userId)
  const [user, customers, names, earlierGroupId] = await Promise.all([
    getUser(scope, input.userId),
    loadCustomers(scope, input.userId),
    namesOfOthers(scope, input),
    returningGroup(scope, input.userId),
  ])
  const fields = sessionFields(input.hitlSession ?? {})
  const request = {
    botpressUserId: input.userId,
    details: { ...customerDetails(user, fields), ...phoneNumber(input.hitlSession?.phone) },
    briefing: composeBriefing({
      title: input.title,
      description: input.description,
      fields: { ...tagFields(input.hitlSession?.tags), ...fields },
      history: input.messageHistory,
      names: withName(names, input.userId, user.name),
    }),
    historyFiles,
    groupId: input.hitlSession?.groupId ?? earlierGroupId ?? scope.settings.groupId,
  }
  opened.thread = await startThread(scope, request, customers, opened)
  await historyFiles.send(opened.thread.chatId)
  return openConversation(scope, input, opened.thread)
}

/** The phone number for LiveChat's own field, without the spaces and marks that its format does not have. */
const phoneNumber = (phone: string | undefined): { phone_number?: string } => {
  const digits = phone?.replace(/[\s().\-/]/g, '') ?? ''
  return /^\+[1-9]\d{1,14}$/.test(digits) ? { phone_number: digits } : {}
}

const openConversation = async (
  scope: Scope,
  input: Input,
  thread: StartedThread,
): Promise<{ conversationId: string }> => {
  const session = await createSession(scope, {
    livechatChatId: thread.chatId,
    livechatThreadId: thread.threadId,
    livechatCustomerId: thread.livechatCustomerId,
    botpressUserId: input.userId,
    language: input.hitlSession?.language ?? undefined,
  })
  // Only now that the conversation exists: webhooks bring what happens from here on, the read what happened before.
  await Promise.all([
    emitTimeline(scope, session, { step: 'requested' }),
    catchUpAtStart(scope, session),
    tagThread(scope, session, threadTags(input.hitlSession?.tags)),
  ])
  return { conversationId: session.conversationId }
}

const getUser = async (scope: Scope, id: string): Promise<User> => (await scope.client.getUser({ id })).user

/** Display names of the other users who speak in the history. */
const namesOfOthers = async (scope: Scope, input: Input): Promise<Map<string, string>> => {
  const ids = new Set(input.messageHistory.flatMap(({ source }) => (source.type === 'user' ? [source.userId] : [])))
  ids.delete(input.userId)
  const users = await Promise.all([...ids].map((id) => getUserIfThere(scope, id)))
  const names = new Map<string, string>()
  for (const user of users) if (user) addName(names, user.id, user.name)
  return names
}

const getUserIfThere = (scope: Scope, id: string): Promise<User | undefined> => unlessNotFound(getUser(scope, id))

const withName = (names: Map<string, string>, userId: string, name: string | undefined): Map<string, string> =>
  addName(new Map(names), userId, name)

const addName = (names: Map<string, string>, userId: string, name: string | undefined): Map<string, string> => {
  const real = realName(name)
  return real ? names.set(userId, real) : names
}
