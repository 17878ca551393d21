import type { LiveChatChat, LiveChatUser } from '../../livechat/schema'
import { budgets } from '../../operation/budgets'
import { repeatKeyedWrite, requireCreated } from '../../operation/platform-errors'
import type { Scope } from '../../operation/scope'
import { declareCache } from '../../shared/cache'
import { readingOnce, type ReadOnce } from '../read-thread'
import type { Session } from '../session'
import { readAgentProfile } from './agent-access'

/**
 * An agent is one Botpress user. Webhooks name agents by e-mail, reads with a customer's token by an opaque id; the two
 * meet where both name the author of one event.
 */
export type AgentDraft = {
  tags: { livechatAgentEmail?: string; livechatAgentId?: string }
  name?: string
  pictureUrl?: string
  discriminateByTags: ('livechatAgentEmail' | 'livechatAgentId')[]
}

/** Botpress user ids of agents, by e-mail and by opaque id. */
const agents = declareCache<{ userId: string }>(2_000)

const profilesOf = (scope: Scope, session: Session): ReadOnce =>
  readingOnce(scope, session, budgets.webhook.agentProfileMs, 'agent_profile_not_read')

/** An agent whom a webhook names: `isKnownById` once their e-mail and their opaque id have met. */
export type FoundAgent = { userId: string; isKnownById: boolean }

export const findAgentByEmail = async (scope: Scope, email: string): Promise<FoundAgent | undefined> => {
  const remembered = agents(scope.memory).get(scope.key('agent-email', email))
  if (remembered) return { userId: remembered.userId, isKnownById: true }
  const { users } = await scope.client.listUsers({ tags: { livechatAgentEmail: email } })
  const [user] = users
  if (!user) return undefined
  const livechatAgentId = user.tags['livechatAgentId']
  if (!livechatAgentId) return { userId: user.id, isKnownById: false }
  rememberAgent(scope, { livechatAgentEmail: email, livechatAgentId }, user.id)
  return { userId: user.id, isKnownById: true }
}

export const rememberAgent = (scope: Scope, tags: AgentDraft['tags'], userId: string): void => {
  if (tags.livechatAgentEmail && tags.livechatAgentId)
    agents(scope.memory).set(scope.key('agent-email', tags.livechatAgentEmail), { userId })
  if (tags.livechatAgentId) agents(scope.memory).set(scope.key('agent-id', tags.livechatAgentId), { userId })
}

/** Their Botpress user was deleted: whoever asks for the agent next makes another. @returns whether it was remembered */
export const forgetAgent = (scope: Scope, userId: string): boolean => {
  const cache = agents(scope.memory)
  const keys = [...cache.entriesAscending()].flatMap(([key, agent]) => (agent.userId === userId ? [key] : []))
  for (const key of keys) cache.delete(key)
  return keys.length > 0
}

export const createAgent = async (scope: Scope, draft: AgentDraft): Promise<string> => {
  const answer = await repeatKeyedWrite(() => scope.client.getOrCreateUser(draft))
  const { user } = requireCreated(answer, 'user')
  rememberAgent(scope, draft.tags, user.id)
  return user.id
}

/** The Botpress user of an agent as a customer's read names them, if a message has ever named them. Makes none. */
export const findAgentById = async (scope: Scope, livechatAgentId: string): Promise<string | undefined> => {
  const remembered = agents(scope.memory).get(scope.key('agent-id', livechatAgentId))
  if (remembered) return remembered.userId
  const { users } = await scope.client.listUsers({ tags: { livechatAgentId } })
  return users[0]?.id
}

/** The Botpress user of an agent as a customer's read names them. */
export const agentUserOf = async (scope: Scope, livechatAgentId: string, users: LiveChatUser[]): Promise<string> => {
  const known = agents(scope.memory).get(scope.key('agent-id', livechatAgentId))
  if (known) return known.userId
  const profile = users.find(({ id }) => id === livechatAgentId)
  return createAgent(scope, draftFrom({ livechatAgentId }, profile))
}

/**
 * What is known of the author of an event whom no message has named before: their opaque id, name and picture from the
 * session's thread, where the same event names them. A read that fails leaves them without; it never costs the message.
 */
export const draftAuthor = async (
  scope: Scope,
  session: Session,
  livechatAgentEmail: string,
  eventId: string,
): Promise<AgentDraft> => {
  const { chat, profile } = await readAbout(scope, livechatAgentEmail, profilesOf(scope, session))
  const authorId = chat?.thread.events.find(({ id }) => id === eventId)?.author_id
  const shown = chat?.users.find(({ id }) => id === authorId)
  return authorId === undefined
    ? draftFrom({ livechatAgentEmail }, profile)
    : draftFrom({ livechatAgentEmail, livechatAgentId: authorId }, { ...shown, ...profile })
}

/**
 * The Botpress user of an agent whom a webhook names without an event of theirs, made when there is none yet. Then only
 * the name is taken from the thread, and only when a single agent is there who could be meant: ids are joined by an
 * event alone, since a late webhook may name somebody who has left.
 */
export const agentByEmail = async (
  scope: Scope,
  session: Session,
  livechatAgentEmail: string,
  readThread = profilesOf(scope, session),
): Promise<string> => {
  const found = await findAgentByEmail(scope, livechatAgentEmail)
  if (found) return found.userId
  const { chat, profile } = await readAbout(scope, livechatAgentEmail, readThread)
  const present = chat?.users.filter(({ type, present: isThere }) => type === 'agent' && isThere === true) ?? []
  const unknown = present.filter(({ id }) => !agents(scope.memory).has(scope.key('agent-id', id)))
  const shown = unknown.length === 1 ? unknown[0] : undefined
  return createAgent(scope, draftFrom({ livechatAgentEmail }, { ...shown, ...profile }))
}

/**
 * Joins an agent's two names once an event of theirs shows both, and gives them the name and picture that an earlier read
 * may have failed to bring. A user that a read made for the same opaque id hands it over.
 */
export const completeAgent = async (
  scope: Scope,
  session: Session,
  livechatAgentEmail: string,
  eventId: string,
  userId: string,
): Promise<void> => {
  const draft = await draftAuthor(scope, session, livechatAgentEmail, eventId)
  const { livechatAgentId } = draft.tags
  if (livechatAgentId === undefined) return
  const { users } = await scope.client.listUsers({ tags: { livechatAgentId } })
  for (const other of users) {
    if (other.id !== userId) await scope.client.updateUser({ id: other.id, tags: { livechatAgentId: '' } })
  }
  const { tags, discriminateByTags: _, ...profile } = draft
  await scope.client.updateUser({ id: userId, tags, ...profile })
  rememberAgent(scope, tags, userId)
}

/** The thread, and with agent access the agent's own profile, whose name and picture win over what customers are shown. */
const readAbout = async (
  scope: Scope,
  email: string,
  readThread: ReadOnce,
): Promise<{ chat: LiveChatChat | undefined; profile: Profile }> => {
  const [chat, agent] = await Promise.all([
    readThread(),
    readAgentProfile(scope, email, budgets.webhook.agentProfileMs),
  ])
  const avatar = agent?.avatar || agent?.avatar_path
  return { chat, profile: { ...(agent?.name ? { name: agent.name } : {}), ...(avatar ? { avatar } : {}) } }
}

type Profile = Pick<LiveChatUser, 'name' | 'avatar'>

const draftFrom = (tags: AgentDraft['tags'], profile: Profile | undefined): AgentDraft => {
  const pictureUrl = profile?.avatar ? withScheme(profile.avatar) : undefined
  return {
    tags,
    ...(profile?.name ? { name: profile.name.slice(0, 200) } : {}),
    ...(pictureUrl ? { pictureUrl } : {}),
    // The opaque id finds the user that an earlier read made, to which the e-mail is then added.
    discriminateByTags: [tags.livechatAgentId ? 'livechatAgentId' : 'livechatAgentEmail'],
  }
}

// LiveChat prints some avatars as `cdn.livechatinc.com/…`.
const withScheme = (url: string): string => (/^https?:\/\//i.test(url) ? url : `https://${url.replace(/^\/\//, '')}`)
