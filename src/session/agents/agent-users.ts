import { isNameless, ourText } from '../../content/to-end-user/end-user-texts'
import { LiveChatAuthorUnknownError } from '../../livechat/errors'
import { isAgentShaped, type LiveChatChat, type LiveChatUser } from '../../livechat/schema'
import { budgets } from '../../operation/budgets'
import { repeatKeyedWrite, requireCreated } from '../../operation/failures/platform-errors'
import type { Scope } from '../../operation/scope'
import { tagValue, tagValues } from '../../operation/tag-value'
import { declareCache } from '../../shared/cache'
import { cutAt } from '../../shared/cut'
import { readAgentProfile } from '../../operation/agent-apis'
import { readingOnce, type ReadOnce } from '../read-thread'
import type { Session } from '../session'
import { threadOf } from '../thread'
import { presentAgents } from './present-agents'

/**
 * The Botpress user of an agent, before it is created. Webhooks name agents by e-mail, reads with a customer's token by
 * an opaque id. Once a webhook and a read have named the author of the same event, one user has both the e-mail and the
 * id.
 */
export type AgentDraft = {
  tags: { livechatAgentEmail?: string; livechatAgentId?: string }
  name?: string
  pictureUrl?: string
  discriminateByTags: ('livechatAgentEmail' | 'livechatAgentId')[]
}

/** Botpress user ids of agents, by e-mail and by opaque id. */
const agents = declareCache<{ userId: string }>(2_000)

/** What names an agent, as this process last saw it on the agent's Botpress user. */
export type AgentTags = { livechatAgentEmail?: string | undefined; livechatAgentId?: string | undefined }
const tagsOfUsers = declareCache<AgentTags>(2_000)

export const knownTags = (scope: Scope, userId: string): AgentTags | undefined =>
  tagsOfUsers(scope.memory).get(scope.key('agent-user', userId))

export const noteTags = (scope: Scope, userId: string, { livechatAgentEmail, livechatAgentId }: AgentTags): void =>
  void tagsOfUsers(scope.memory).set(scope.key('agent-user', userId), { livechatAgentEmail, livechatAgentId })

/** With `eventId`, shares the first read of the thread if it is under way and brings this event. */
const threadReader = (scope: Scope, session: Session, eventId?: string): ReadOnce => {
  const { firstRead } = threadOf(scope, session)
  const underWay = eventId === undefined || !firstRead ? undefined : { reading: firstRead, eventId }
  return readingOnce(scope, session, budgets.webhook.agentProfileMs, 'thread_not_read_for_agent', underWay)
}

/** An agent who was found by e-mail. `isKnownById`: the user has the opaque id as well. */
export type FoundAgent = { userId: string; isKnownById: boolean; hasName: boolean }

/** LiveChat's webhooks may write the same address of an agent with capitals in one webhook and without in another. */
const sameCase = (email: string): string => email.trim().toLowerCase()

export const findAgentByEmail = async (scope: Scope, given: string): Promise<FoundAgent | undefined> => {
  const email = sameCase(given)
  const remembered = rememberedAgent(scope, email)
  if (remembered !== undefined) return { userId: remembered, isKnownById: true, hasName: true }
  const { users } = await scope.client.listUsers({ tags: { livechatAgentEmail: tagValue(email) } })
  for (const { id, tags } of users) noteTags(scope, id, tags)
  const user = theOne(users)
  // Without any name, the creation of the user was cut off.
  if (!user?.name) return undefined
  const hasName = !isNameless(user.name, scope.settings.texts)
  const livechatAgentId = user.tags['livechatAgentId']
  if (!livechatAgentId) return { userId: user.id, isKnownById: false, hasName }
  rememberAgent(scope, { livechatAgentEmail: email, livechatAgentId }, user.id)
  return { userId: user.id, isKnownById: true, hasName }
}

/** The Botpress user of an agent whom this process knows by e-mail. Makes no call. */
export const rememberedAgent = (scope: Scope, email: string): string | undefined =>
  agents(scope.memory).get(scope.key('agent-email', sameCase(email)))?.userId

/**
 * Two processes that meet an agent at the same moment may make two users. Every process then uses the same one: the
 * oldest with the opaque id, or else the oldest.
 */
const theOne = <T extends { createdAt: string; tags: Record<string, string> }>(users: T[]): T | undefined => {
  const byAge = users.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt))
  return byAge.find(({ tags }) => tags['livechatAgentId']) ?? byAge[0]
}

export const rememberAgent = (scope: Scope, tags: AgentDraft['tags'], userId: string): void => {
  if (tags.livechatAgentEmail && tags.livechatAgentId)
    agents(scope.memory).set(scope.key('agent-email', tags.livechatAgentEmail), { userId })
  if (tags.livechatAgentId) agents(scope.memory).set(scope.key('agent-id', tags.livechatAgentId), { userId })
  noteTags(scope, userId, { ...knownTags(scope, userId), ...tags })
}

/**
 * Forgets an agent whose Botpress user was deleted, so that a new user is created.
 * @returns whether it was remembered
 */
export const forgetAgent = (scope: Scope, userId: string): boolean => {
  const cache = agents(scope.memory)
  const keys = [...cache.entriesAscending()].flatMap(([key, agent]) => (agent.userId === userId ? [key] : []))
  for (const key of keys) cache.delete(key)
  return keys.length > 0
}

/** Whether the draft has only a name that stands in for a name that could not be read. */
export const isUnnamed = (scope: Scope, { name }: AgentDraft): boolean =>
  name !== undefined && isNameless(name, scope.settings.texts)

/**
 * Creates the Botpress user of an agent, or finds it. Botpress writes the given name over that of a user that exists. So
 * a name that only stands in for another one is written afterwards, and only to a user without a name.
 */
export const createAgent = async (scope: Scope, draft: AgentDraft): Promise<string> => {
  const { name, ...unnamed } = draft
  const standIn = isUnnamed(scope, draft) ? name : undefined
  const answer = await repeatKeyedWrite(() => scope.client.getOrCreateUser(standIn === undefined ? draft : unnamed))
  const { user } = requireCreated(answer, 'user')
  if (standIn !== undefined && !user.name) await scope.client.updateUser({ id: user.id, name: standIn })
  rememberAgent(scope, draft.tags, user.id)
  return user.id
}

/**
 * The Botpress user of an agent, by the opaque id from a customer's read. Returns `undefined` if there is no such user.
 * Does not create one.
 */
export const findAgentById = async (scope: Scope, livechatAgentId: string): Promise<string | undefined> => {
  const remembered = agents(scope.memory).get(scope.key('agent-id', livechatAgentId))
  if (remembered) return remembered.userId
  const { users } = await scope.client.listUsers({ tags: { livechatAgentId: tagValue(livechatAgentId) } })
  for (const { id, tags } of users) noteTags(scope, id, tags)
  return theOne(users)?.id
}

/** The Botpress user of an agent, by the opaque id from a customer's read. Creates it if there is none. */
export const agentUserOf = async (scope: Scope, livechatAgentId: string, users: LiveChatUser[]): Promise<string> => {
  const known = agents(scope.memory).get(scope.key('agent-id', livechatAgentId))
  if (known) return known.userId
  const profile = users.find(({ id }) => id === livechatAgentId)
  return createAgent(scope, draftFrom({ livechatAgentId }, profile))
}

/**
 * Describes the author of an event who has no Botpress user yet. Their opaque id, name and picture come from the
 * session's thread, which contains the same event. If the read fails, they are missing, but the message of an agent is
 * still relayed. `undefined` if the author is no agent.
 */
export const draftAuthor = async (
  scope: Scope,
  session: Session,
  webhookAuthorId: string,
  eventId: string,
): Promise<AgentDraft | undefined> => {
  const livechatAgentEmail = sameCase(webhookAuthorId)
  const { chat, profile } = await readAbout(scope, webhookAuthorId, threadReader(scope, session, eventId))
  const authorId = chat?.thread.events.find(({ id }) => id === eventId)?.author_id
  const inThread = chat?.users.find(({ id }) => id === (authorId ?? webhookAuthorId))
  if (isNoAgent(session, webhookAuthorId, authorId, inThread)) {
    // We cannot know it without the thread, so LiveChat must deliver the event again.
    if (!chat) throw new LiveChatAuthorUnknownError()
    return undefined
  }
  return authorId === undefined
    ? draftFrom({ livechatAgentEmail }, profileOrNameless(scope, session, profile))
    : draftFrom({ livechatAgentEmail, livechatAgentId: authorId }, { ...inThread, ...profile })
}

/**
 * Whether the author of a webhook's event may not speak as an agent. We believe an id that has an agent's form, even
 * without a profile, unless the thread shows a customer. Any other id must be that of an agent in the thread.
 */
const isNoAgent = (
  session: Session,
  webhookAuthorId: string,
  authorId: string | undefined,
  inThread: LiveChatUser | undefined,
): boolean => {
  if (authorId === session.livechatCustomerId || inThread?.type === 'customer') return true
  return !isAgentShaped(webhookAuthorId) && inThread?.type !== 'agent'
}

/**
 * The Botpress user of an agent whom a webhook names without an event, by e-mail. If the agent is new to us, no profile
 * gives a name, and one agent is in the thread, returns the user of that one: that agent has the session. Otherwise
 * creates a user by the e-mail. The two are not joined, because only an event shows which opaque id belongs to an
 * e-mail.
 */
export const agentByEmail = async (
  scope: Scope,
  session: Session,
  email: string,
  readThread = threadReader(scope, session),
): Promise<string> => {
  const found = await findAgentByEmail(scope, email)
  if (found) return found.userId
  const { chat, profile } = await readAbout(scope, email, readThread)
  const [only, another] = chat ? presentAgents(chat) : []
  if (chat && only && !another && profile.name === undefined) return agentUserOf(scope, only.id, chat.users)
  const shown = profileOrNameless(scope, session, profile)
  return createAgent(scope, draftFrom({ livechatAgentEmail: sameCase(email) }, shown))
}

/**
 * Reads the thread and, with agent access, the agent's profile. The name and picture of the profile replace those that
 * customers see.
 */
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

/** Botpress' limit. */
const maxName = 200

type Profile = Pick<LiveChatUser, 'name' | 'avatar'>

/** Without a name, the webchat would show the agent's words as the bot's. */
const profileOrNameless = (scope: Scope, { language }: Session, profile: Profile): Profile => {
  const name = profile.name ?? ourText('namelessAgent', language, scope.settings.texts)
  return { ...profile, ...(name === undefined ? {} : { name }) }
}

const draftFrom = (tags: AgentDraft['tags'], profile: Profile | undefined): AgentDraft => {
  const pictureUrl = profile?.avatar ? withScheme(profile.avatar) : undefined
  return {
    tags: tagValues(tags),
    ...(profile?.name ? { name: cutAt(profile.name, maxName) } : {}),
    ...(pictureUrl ? { pictureUrl } : {}),
    // The opaque id finds the user that an earlier read created. Botpress then adds the e-mail to that user.
    discriminateByTags: [tags.livechatAgentId ? 'livechatAgentId' : 'livechatAgentEmail'],
  }
}

// LiveChat gives some avatars without a scheme, such as `cdn.livechatinc.com/…`.
const withScheme = (url: string): string => (/^https?:\/\//i.test(url) ? url : `https://${url.replace(/^\/\//, '')}`)
