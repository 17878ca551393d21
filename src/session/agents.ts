import type { LiveChatChat, LiveChatUser } from '../livechat/schema'
import { LiveChatError } from '../livechat/errors'
import { customerOf } from './customers'
import type { Scope } from './scope'
import type { Session } from './session'

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

/** The Botpress user of an agent whom a webhook names, if there is one already. */
export const findAgentByEmail = async (scope: Scope, email: string): Promise<string | undefined> => {
  const known = scope.memory.agents.get(scope.key('agent-email', email))
  if (known) return known.userId
  const { users } = await scope.client.listUsers({ tags: { livechatAgentEmail: email } })
  const userId = users[0]?.id
  if (userId !== undefined) rememberAgent(scope, { livechatAgentEmail: email }, userId)
  return userId
}

export const rememberAgent = (scope: Scope, tags: AgentDraft['tags'], userId: string): void => {
  if (tags.livechatAgentEmail) scope.memory.agents.set(scope.key('agent-email', tags.livechatAgentEmail), { userId })
  if (tags.livechatAgentId) scope.memory.agents.set(scope.key('agent-id', tags.livechatAgentId), { userId })
}

export const createAgent = async (scope: Scope, draft: AgentDraft): Promise<string> => {
  const { user } = await scope.client.getOrCreateUser(draft)
  rememberAgent(scope, draft.tags, user.id)
  return user.id
}

/** The Botpress user of an agent as a customer's read names them. */
export const agentOfRead = async (scope: Scope, livechatAgentId: string, users: LiveChatUser[]): Promise<string> => {
  const known = scope.memory.agents.get(scope.key('agent-id', livechatAgentId))
  if (known) return known.userId
  const profile = users.find(({ id }) => id === livechatAgentId)
  return createAgent(scope, draftFrom({ livechatAgentId }, profile))
}

/**
 * What is known of an agent never seen before: their name and picture from the session's thread. A read that fails
 * leaves the agent without a name; it never costs the message.
 */
export const draftNewAgent = async (
  scope: Scope,
  session: Session,
  livechatAgentEmail: string,
  eventId: string | undefined,
): Promise<AgentDraft> => {
  try {
    const api = await customerOf(scope, session)
    const chat = await api.getChat(session.livechatChatId, session.livechatThreadId)
    const profile = findProfile(chat, eventId)
    if (profile) return draftFrom({ livechatAgentEmail, livechatAgentId: profile.id }, profile)
  } catch (error) {
    if (!(error instanceof LiveChatError)) throw error
    scope.log.warn('agent_profile_not_read', { conversationId: session.conversationId, error: error.name })
  }
  return draftFrom({ livechatAgentEmail }, undefined)
}

const findProfile = (chat: LiveChatChat, eventId: string | undefined): LiveChatUser | undefined => {
  const agents = chat.users.filter(({ type }) => type === 'agent')
  const author = chat.thread.events.find(({ id }) => id === eventId)?.author_id
  if (author !== undefined) return agents.find(({ id }) => id === author)
  const present = agents.filter((agent) => agent.present === true)
  return present.length === 1 ? present[0] : undefined
}

const draftFrom = (tags: AgentDraft['tags'], profile: LiveChatUser | undefined): AgentDraft => {
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
