import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { composeBriefing } from '../content/to-agent/briefing/briefing'
import { cleanLabel } from '../content/to-agent/labels/clean-label'
import { customerDetails, sessionFields } from '../content/to-agent/briefing/customer-details'
import { readHistory, type History } from '../content/to-agent/history'
import { realName } from '../content/to-agent/briefing/placeholder-names'
import { tagFields, threadTags } from '../content/to-agent/briefing/requested-tags'
import {
  oddInputs,
  readSessionDetails,
  WrongGroupError,
  type SessionDetails,
} from '../content/to-agent/briefing/session-details'
import { keepWithSession, loadCustomers, newCustomer } from '../customers/customer-store'
import { pages } from '../definitions/console-pages'
import { isApiErrorOfType } from '../livechat/errors'
import { bestEffort } from '../operation/best-effort'
import { budgets } from '../operation/budgets'
import { operation, type Host } from '../operation/operation'
import { raiseIssue } from '../operation/failures/raise-issue'
import { readNewUser, type User } from '../operation/read-new-user'
import { withBudget, type Scope } from '../operation/scope'
import { tagThread } from '../session/chat-tags'
import { catchUpAtStart } from '../session/catch-up/catch-up'
import { createSession } from '../session/session-store'
import { startHistoryFiles } from '../session/start/history-files'
import { takeUser } from '../session/start/new-users'
import { claimStart, joinStart } from '../session/start/start-claim'
import { startThread, type Opened, type StartedThread } from '../session/start/start-thread'
import { undoStart } from '../session/start/undo-start'

type Input = bp.ActionProps['startHitl']['input']

/**
 * Opens a LiveChat thread for the user, and creates the conversation that stands for it. If a start fails, it closes
 * the thread that it opened. If the process is killed, the user's next start closes the thread.
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

/** Starts of one user run one after another. Two at the same time would try to use the same LiveChat chat. */
const startInTurn = (scope: Scope, input: Input, opened: Opened): Promise<{ conversationId: string }> =>
  scope.memory.inTurn(scope.key('start', input.userId), () => start(scope, input, opened), scope.deadline.signal)

const start = async (scope: Scope, input: Input, opened: Opened): Promise<{ conversationId: string }> => {
  const session = sessionDetails(input.hitlSession)
  const history = readHistory(input.messageHistory)
  const historyFiles = startHistoryFiles(scope, history.entries, input.userId)
  logUnused(scope, [...oddInputs(input), ...session.unused], history)
  const prepared = takeUser(scope, input.userId)
  const firstCustomer = prepared?.isNew ? newCustomer(scope) : undefined
  // If an equal start is under way, nobody waits for this customer.
  firstCustomer?.catch(() => undefined)
  const [claim, user, customers, names] = await Promise.all([
    claimStart(scope, input),
    prepared?.user ?? readNewUser(scope, input.userId),
    prepared?.isNew ? { customers: [] } : loadCustomers(scope, input.userId),
    namesOfOthers(scope, input.userId, history),
  ])
  const isSamePerson = !isFoundByEmail(user)
  const joined = isSamePerson ? await joinStart(scope, input.userId, claim) : undefined
  if (joined) return { conversationId: joined.conversationId }
  const fields = sessionFields(session)
  const request = {
    botpressUserId: input.userId,
    details: { ...customerDetails(user, fields), ...phoneNumber(session.phone) },
    briefing: composeBriefing({
      title: input.title,
      description: input.description,
      fields: { ...tagFields(session.tags), ...fields },
      history: history.entries,
      endUserId: input.userId,
      names: addName(names, input.userId, user.name),
    }),
    historyFiles,
    firstCustomer,
    groupId: session.groupId ?? scope.settings.groupId,
    mayJoin: isSamePerson,
  }
  opened.thread = await namingGroup(scope, session.groupId, startThread(scope, request, customers, opened))
  await historyFiles.send(opened.thread.chatId)
  return openConversation(scope, input.userId, claim.startId, session, opened.thread)
}

/** Says which group does not exist, and who named it. */
const namingGroup = async <T>(scope: Scope, groupOfBot: number | undefined, opening: Promise<T>): Promise<T> => {
  try {
    return await opening
  } catch (error) {
    const groupId = groupOfBot ?? scope.settings.groupId
    if (groupId === undefined || !isApiErrorOfType(error, 'group_not_found')) throw error
    raiseIssue(scope, 'group_gone', { groupId, isNamedByBot: groupOfBot !== undefined })
    const who =
      groupOfBot === undefined
        ? '"Group ID" in the configuration'
        : '"LiveChat group" of the card that starts the session (the groupId that the bot passes)'
    throw new RuntimeError(
      `The conversation could not be handed over to LiveChat: LiveChat has no group ${groupId}. Correct ${who}: the number is in the address of the group’s page: ${pages.groups}.`,
    )
  }
}

/** The phone number for LiveChat's own field, without the spaces and marks that its format does not allow. */
const phoneNumber = (phone: string | undefined): { phone_number?: string } => {
  const digits = phone?.replace(/[\s().\-/]/g, '') ?? ''
  return /^\+[1-9]\d{1,14}$/.test(digits) ? { phone_number: digits } : {}
}

const sessionDetails = (given: unknown): SessionDetails => {
  try {
    return readSessionDetails(given)
  } catch (error) {
    if (!(error instanceof WrongGroupError)) throw error
    throw new RuntimeError(
      `The conversation could not be handed over to LiveChat: the field "LiveChat group" (groupId) of the card that starts the session ${error.advice}`,
    )
  }
}

/** Logs what a start leaves out, one line of each kind. Logs no values, because they may be what end users said. */
const logUnused = (scope: Scope, fields: string[], { unreadTypes, emptyCount }: History): void => {
  if (fields.length > 0) scope.log.warn('session_fields_not_used', { fields: fields.join(', ') })
  if (unreadTypes.length > 0) scope.log.warn('history_types_not_known', { types: unreadTypes.join(', ') })
  if (emptyCount > 0) scope.log.info('history_messages_empty', { count: emptyCount })
}

/** Tags are short, and no language has a longer name. */
const maxLanguage = 100

const openConversation = async (
  scope: Scope,
  botpressUserId: string,
  startId: string,
  { language, tags }: SessionDetails,
  thread: StartedThread,
): Promise<{ conversationId: string }> => {
  const session = await createSession(scope, {
    livechatChatId: thread.chatId,
    livechatThreadId: thread.threadId,
    livechatCustomerId: thread.livechatCustomerId,
    botpressUserId,
    startId,
    language: language === undefined ? undefined : cleanLabel(language, maxLanguage),
  })
  // This comes after the conversation was created. From now on, webhooks bring what happens. The read brings what
  // happened before.
  await Promise.all([
    catchUpAtStart(scope, session),
    tagThread(scope, session, threadTags(tags)),
    thread.furtherCustomer && keepWithSession(scope, session.conversationId, thread.furtherCustomer),
  ])
  return { conversationId: session.conversationId }
}

/** Two people may have given the same address. Then they have one Botpress user. */
const isFoundByEmail = ({ tags }: User): boolean => Boolean(tags['foundByEmail'])

/** Display names of the others who speak in the history. A name that cannot be read in time is missing. */
const namesOfOthers = async (
  scope: Scope,
  endUserId: string,
  { entries }: History,
): Promise<ReadonlyMap<string, string>> => {
  const ids = new Set(
    entries.flatMap(({ speaker }) => (speaker.type === 'user' || speaker.type === 'agent' ? [speaker.userId] : [])),
  )
  for (const id of [endUserId, '']) ids.delete(id)
  let names: ReadonlyMap<string, string> = new Map()
  const effort = { budgetMs: budgets.start.niceToKnowMs, code: 'author_name_not_read', level: 'debug' as const }
  await Promise.all(
    [...ids].slice(0, maxNames).map((id) =>
      bestEffort(scope, effort, async (limited) => {
        const { name } = (await limited.client.getUser({ id })).user
        names = addName(names, id, name)
      }),
    ),
  )
  return names
}

/** A page of the history has 20 messages. */
const maxNames = 20

const addName = (
  names: ReadonlyMap<string, string>,
  userId: string,
  name: string | undefined,
): ReadonlyMap<string, string> => {
  const real = realName(name)
  return real ? new Map([...names, [userId, real]]) : names
}
