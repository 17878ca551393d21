import { unlessRefused } from '../../operation/failures/platform-errors'
import type { Scope } from '../../operation/scope'
import { tagValue } from '../../operation/tag-value'
import { lastAgentOf } from '../holder'
import type { Session } from '../session'
import { rememberAgent, type AgentDraft } from './agent-users'

/**
 * A webhook knows an agent by e-mail, a read by opaque id. Until an event shows both, one agent may have two Botpress
 * users.
 */

/**
 * Joins e-mail and opaque id in one user when an event shows both. If there is a user for each, the one that was
 * announced stays the agent's, so that nobody is announced twice. The other loses what named the agent.
 * @param draft the author of the event
 * @param byEmailUserId the user that has the e-mail alone
 * @returns the agent's user
 */
export const joinAgent = async (
  scope: Scope,
  session: Session,
  draft: AgentDraft,
  byEmailUserId: string,
): Promise<string> => {
  const { livechatAgentId } = draft.tags
  if (livechatAgentId === undefined) return byEmailUserId
  const { users } = await scope.client.listUsers({ tags: { livechatAgentId: tagValue(livechatAgentId) } })
  const announced = lastAgentOf(session.holder)
  const others = users.map(({ id }) => id).filter((id) => id !== byEmailUserId)
  const userId = announced !== undefined && others.includes(announced) ? announced : byEmailUserId
  for (const id of [byEmailUserId, ...others]) {
    if (id !== userId) await scope.client.updateUser({ id, tags: { livechatAgentId: '', livechatAgentEmail: '' } })
  }
  const { tags, discriminateByTags: _, ...profile } = draft
  await scope.client.updateUser({ id: userId, tags, ...profile })
  rememberAgent(scope, tags, userId)
  return userId
}

/**
 * Whether two users may be the same agent, so that the end user must not hear of a change.
 */
export const mayBeSameAgent = async (scope: Scope, userId: string, otherId: string): Promise<boolean> => {
  const [one, other] = await Promise.all([readUser(scope, userId), readUser(scope, otherId)])
  if (!one || !other) return false
  const isJoined = ({ tags }: AgentUser): boolean => Boolean(tags['livechatAgentEmail'] && tags['livechatAgentId'])
  const sharesTag = (['livechatAgentEmail', 'livechatAgentId'] as const).some(
    (tag) => one.tags[tag] && one.tags[tag] === other.tags[tag],
  )
  if (sharesTag || isJoined(one) || isJoined(other)) return sharesTag
  const areBothOfOneKind = Boolean(one.tags['livechatAgentEmail']) === Boolean(other.tags['livechatAgentEmail'])
  return !areBothOfOneKind && (!one.name || !other.name || one.name === other.name)
}

type AgentUser = Awaited<ReturnType<Scope['client']['getUser']>>['user']
const readUser = async (scope: Scope, id: string): Promise<AgentUser | undefined> =>
  (await unlessRefused(scope.client.getUser({ id })))?.user
