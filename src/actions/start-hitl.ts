import type * as bp from '../bp'
import { composeBriefing } from '../content/briefing'
import { customerDetails, surplusFields } from '../content/customer-details'
import { realName } from '../content/names'
import { catchUpAtStart } from '../session/catch-up'
import { customerOf, loadCustomers } from '../session/customers'
import { emitStopped } from '../session/end-session'
import { toRuntimeError } from '../session/explain'
import { isNotFound, repeatKeyedWrite } from '../session/platform-call'
import type { Memory } from '../session/memory'
import { createScope, type Scope } from '../session/scope'
import { createSession } from '../session/sessions'
import { startBudgetMs, startThread, type StartedThread } from '../session/start-thread'
import { withDeadline } from '../shared/deadline'
import { createLog } from '../shared/log'
import type { Runtime } from '../shared/runtime'

const cleanUpBudgetMs = 5_000

type Props = bp.ActionProps['startHitl']
type Input = Props['input']
type User = Awaited<ReturnType<bp.Client['getUser']>>['user']

/**
 * Opens a LiveChat thread for the user and the conversation that stands for it. A start that fails closes what it
 * opened; one that is killed leaves a thread that the user's next start closes.
 * @throws RuntimeError that says who must do what
 */
export const createStartHitl =
  (runtime: Runtime, memory: Memory): bp.IntegrationProps['actions']['startHitl'] =>
  async (props) => {
    const opened: Opened = {}
    try {
      return await withDeadline(runtime, startBudgetMs, (deadline) => {
        const scope = createScope(props, runtime, memory, deadline)
        // One start of a user after another: two at once would fight over the user's only LiveChat chat.
        return memory.inTurn(
          scope.key('start', props.input.userId),
          () => start(scope, props.input, opened),
          deadline.signal,
        )
      })
    } catch (error) {
      if (opened.thread) await closeAgain(runtime, memory, props, opened.thread)
      throw toRuntimeError('The conversation could not be handed over to LiveChat', error)
    }
  }

/** What the start has opened in LiveChat so far. */
type Opened = { thread?: StartedThread }

const start = async (scope: Scope, input: Input, opened: Opened): Promise<{ conversationId: string }> => {
  const [user, customers, names] = await Promise.all([
    getUser(scope, input.userId),
    loadCustomers(scope, input.userId),
    namesOfOthers(scope, input),
  ])
  const { groupId = scope.settings.groupId, customFields = {} } = input.hitlSession ?? {}
  opened.thread = await startThread(
    scope,
    {
      botpressUserId: input.userId,
      details: customerDetails(user, customFields),
      briefing: composeBriefing({
        title: input.title,
        description: [input.description, ...surplusFields(customFields)].filter((line) => line).join('\n'),
        history: input.messageHistory,
        names: withName(names, input.userId, user.name),
      }),
      groupId,
    },
    customers,
  )
  return openConversation(scope, input.userId, opened.thread)
}

const openConversation = async (scope: Scope, botpressUserId: string, thread: StartedThread) => {
  const session = await repeatKeyedWrite(() =>
    createSession(scope, {
      livechatChatId: thread.chatId,
      livechatThreadId: thread.threadId,
      livechatCustomerId: thread.livechatCustomerId,
      botpressUserId,
    }),
  )
  // Only now, after the conversation exists: what happens from here on reaches it by webhook, what was before is read.
  const chat = await catchUpAtStart(scope, session)
  if (!chat.thread.active) await emitStopped(scope, session)
  return { conversationId: session.conversationId }
}

/** With a time of its own: the start's may be what has just run out. */
const closeAgain = async (runtime: Runtime, memory: Memory, props: Props, thread: StartedThread): Promise<void> => {
  try {
    await withDeadline(runtime, cleanUpBudgetMs, async (deadline) => {
      const scope = createScope(props, runtime, memory, deadline)
      const api = await customerOf(scope, { botpressUserId: props.input.userId, ...thread })
      await api.deactivateChat(thread.chatId)
    })
  } catch (error) {
    // The user's next start closes it.
    createLog(props.logger.forBot()).error('thread_left_open', {
      livechatChatId: thread.chatId,
      error: error instanceof Error ? error.name : 'unknown',
    })
  }
}

const getUser = async (scope: Scope, id: string): Promise<User> => (await scope.client.getUser({ id })).user

/** Display names of those who speak in the history besides the user of the session. */
const namesOfOthers = async (scope: Scope, input: Input): Promise<Map<string, string>> => {
  const ids = new Set(input.messageHistory.flatMap(({ source }) => (source.type === 'user' ? [source.userId] : [])))
  ids.delete(input.userId)
  const users = await Promise.all([...ids].map((id) => getUserIfThere(scope, id)))
  const names = new Map<string, string>()
  for (const user of users) if (user) addName(names, user.id, user.name)
  return names
}

const getUserIfThere = async (scope: Scope, id: string): Promise<User | undefined> => {
  try {
    return await getUser(scope, id)
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}

const withName = (names: Map<string, string>, userId: string, name: string | undefined): Map<string, string> =>
  addName(new Map(names), userId, name)

const addName = (names: Map<string, string>, userId: string, name: string | undefined): Map<string, string> => {
  const real = realName(name)
  return real ? names.set(userId, real) : names
}
