import type { IncomingMessage } from '../../content/to-end-user/incoming-message'
import { inLanguage } from '../../content/to-end-user/translation'
import type { LiveChatEvent, LiveChatUser } from '../../livechat/schema'
import { bestEffort } from '../../operation/best-effort'
import { budgets } from '../../operation/budgets'
import type { Scope } from '../../operation/scope'
import { agentUserOf, draftAuthor, findAgentByEmail, type FoundAgent } from '../agents/agent-users'
import { noteSpeaker } from '../agents/announce-agent'
import { claimFirstWords } from '../agents/claim-announcement'
import { joinAgent } from '../agents/same-agent'
import { happenedOf } from '../schedule'
import type { Session } from '../session'
import { createMessageOnce, type Author } from './create-message'
import { noteOpenChoice } from './open-choice'

/** An agent's event that the end user may see, and the message that it becomes. */
export type Relayable = { event: LiveChatEvent; authorId: string; message: IncomingMessage; author?: AuthorLookUp }

/** A look-up of the author by e-mail, begun before the session was found. */
type AuthorLookUp = ReturnType<typeof findAgentByEmail>

/** Begins to look up the author of an event from a webhook. */
export const lookUpAuthor = (scope: Scope, relayable: Relayable): Relayable => {
  const author = findAgentByEmail(scope, relayable.authorId)
  // If the thread has no session, nobody waits for this look-up.
  author.catch(() => undefined)
  return { ...relayable, author }
}

/**
 * Relays an event from a webhook. Webhooks name agents by e-mail.
 * @param isPresent the webhook reports a change, so the event's first webhook is still to come
 * @returns `false` if the author is no agent: another customer, or somebody who is not in the thread
 */
export const relayFromWebhook = async (
  scope: Scope,
  session: Session,
  relayable: Relayable,
  isPresent = false,
): Promise<boolean> => {
  try {
    await relayOfAgent(scope, session, relayable, isPresent)
    return true
  } catch (error) {
    if (!(error instanceof NoAgentError)) throw error
    scope.log.warn('author_is_no_agent', {
      conversationId: session.conversationId,
      livechatEventId: relayable.event.id,
    })
    return false
  }
}

class NoAgentError extends Error {
  public override readonly name = 'NoAgentError'
}

const relayOfAgent = async (
  scope: Scope,
  session: Session,
  relayable: Relayable,
  isPresent: boolean,
): Promise<void> => {
  const { event, authorId } = relayable
  let underWay = relayable.author
  const findAuthor = async (): Promise<Author> => {
    const author = underWay ?? findAgentByEmail(scope, authorId)
    // If the user was deleted, the next call must look up the author again.
    underWay = undefined
    const found = await author
    if (found?.isKnownById) return found
    if (found) return { userId: await completed(scope, session, found, relayable) }
    const draft = await draftAuthor(scope, session, authorId, event.id)
    if (!draft) throw new NoAgentError()
    return { draft }
  }
  await relay(scope, session, relayable, findAuthor, isPresent)
}

/**
 * The user of an agent who is known only by e-mail, now with the opaque id, name and picture. This comes before the
 * message, because the webchat keeps the name that an agent has at the first message. If it fails, a later message tries
 * again.
 */
const completed = async (
  scope: Scope,
  session: Session,
  found: FoundAgent,
  { event, authorId }: Relayable,
): Promise<string> => {
  const joined = await bestEffort(scope, effortForName, async (limited) => {
    const draft = await draftAuthor(limited, session, authorId, event.id)
    return draft && joinAgent(limited, draft, found)
  })
  return joined ?? found.userId
}

const effortForName = { budgetMs: budgets.webhook.agentProfileMs, code: 'agent_name_not_read' }

/** Relays an event from a read. Reads name agents by an opaque id. */
export const relayFromRead = async (
  scope: Scope,
  session: Session,
  relayable: Relayable,
  users: LiveChatUser[],
): Promise<void> => {
  const findAuthor = async (): Promise<Author> => ({ userId: await agentUserOf(scope, relayable.authorId, users) })
  await relay(scope, session, relayable, findAuthor, true)
}

/** Creates the message, then notes its author and its choices. */
const relay = async (
  scope: Scope,
  session: Session,
  { event, message: original }: Relayable,
  findAuthor: () => Promise<Author>,
  isPresent: boolean,
): Promise<void> => {
  const message = inLanguage(original, event, session.language)
  const circumstances = { happened: happenedOf(event), isPresent }
  const findFirstAuthor = async (): Promise<Author> => {
    const [author] = await Promise.all([findAuthor(), claimFirstWords(scope, session)])
    return author
  }
  const find = session.holder.kind === 'nobody' ? findFirstAuthor : findAuthor
  const userId = await createMessageOnce(scope, session, event.id, message, find, circumstances)
  const { holder } = session
  const isAnnounced = holder.kind === 'agent' && holder.userId === userId
  if (!isAnnounced) await noteSpeaker(scope, session, userId)
  if (event.type === 'rich_message') await noteOpenChoice(scope, session, event)
}
