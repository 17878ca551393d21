import { isNameless } from '../../content/to-end-user/end-user-texts'
import { unlessRefused } from '../../operation/failures/platform-errors'
import { readNewUser } from '../../operation/read-new-user'
import type { Scope } from '../../operation/scope'
import {
  createAgent,
  findAgentById,
  knownTags,
  noteTags,
  rememberAgent,
  type AgentDraft,
  type AgentTags,
  type FoundAgent,
} from './agent-users'

/**
 * A webhook knows an agent by e-mail, a read by opaque id. Until an event shows both, one agent may have two Botpress
 * users. Two processes that meet an agent at the same moment may also make two.
 */

/**
 * Joins e-mail and opaque id in one user when an event shows both. If the user with the e-mail has no name, it only
 * stands in for the agent, because the webchat keeps the name that a user has at the first message. So the agent gets a
 * second user, with a name. The first one keeps the e-mail, which shows that both are one agent.
 * @param draft the author of the event
 * @param byEmail the user that has the e-mail alone
 * @returns the agent's user
 */
export const joinAgent = async (scope: Scope, draft: AgentDraft, byEmail: FoundAgent): Promise<string> => {
  const { tags, discriminateByTags: _, ...profile } = draft
  if (tags.livechatAgentId === undefined) return byEmail.userId
  if (!byEmail.hasName || (await findAgentById(scope, tags.livechatAgentId)) !== undefined)
    return createAgent(scope, draft)
  await scope.client.updateUser({ id: byEmail.userId, tags, ...profile })
  rememberAgent(scope, tags, byEmail.userId)
  return byEmail.userId
}

const names = ['livechatAgentEmail', 'livechatAgentId'] as const
const isJoined = (tags: AgentTags | undefined): boolean => names.every((name) => tags?.[name])

/** `undefined`: one user has the e-mail alone, and the other one the opaque id alone. */
const compare = (one: AgentTags, other: AgentTags): boolean | undefined => {
  const both = names.filter((name) => one[name] && other[name])
  return both.length === 0 ? undefined : both.some((name) => one[name] === other[name])
}

/** Whether two users are one agent, as far as this process knows. */
export const isKnownSameAgent = (scope: Scope, userId: string, otherId: string): boolean => {
  if (userId === otherId) return true
  const [one, other] = [knownTags(scope, userId), knownTags(scope, otherId)]
  return one !== undefined && other !== undefined && compare(one, other) === true
}

/**
 * Whether two users are one agent. Looks up a user only if this process does not know enough. If the users have no
 * e-mail or id that can be compared, their names decide: to the end user, two agents with one name are the same.
 * @param ifNameless the answer if one of them has no name
 */
export const isSameAgent = async (
  scope: Scope,
  userId: string,
  otherId: string,
  ifNameless: boolean,
): Promise<boolean> => {
  if (userId === otherId) return true
  const [one, other] = [knownTags(scope, userId), knownTags(scope, otherId)]
  const known = one && other && compare(one, other)
  if (known !== undefined) return known
  const [first, second] = await Promise.all([
    isJoined(one) ? { ...one, name: undefined } : readUser(scope, userId),
    isJoined(other) ? { ...other, name: undefined } : readUser(scope, otherId),
  ])
  if (!first || !second) return false
  const isNamed = first.name !== undefined && second.name !== undefined
  return compare(first, second) ?? (isNamed ? first.name === second.name : ifNameless)
}

/** Whether one user only stands in for the agent of the other one. */
export const isStandInFor = (scope: Scope, userId: string, agentUserId: string): boolean =>
  userId !== agentUserId &&
  isKnownSameAgent(scope, userId, agentUserId) &&
  !knownTags(scope, userId)?.livechatAgentId &&
  Boolean(knownTags(scope, agentUserId)?.livechatAgentId)

type AgentUser = AgentTags & { name: string | undefined }
const readUser = async (scope: Scope, id: string): Promise<AgentUser | undefined> => {
  const user = await unlessRefused(readNewUser(scope, id))
  if (!user) return undefined
  noteTags(scope, id, user.tags)
  return { ...user.tags, name: isNameless(user.name, scope.settings.texts) ? undefined : user.name }
}
