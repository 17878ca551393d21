import { bestEffort } from '../../operation/best-effort'
import { budgets } from '../../operation/budgets'
import type { Scope } from '../../operation/scope'
import { readEnded } from '../session'

/**
 * The LiveChat group of the user's last session, if LiveChat closed the thread of that session for inactivity in the
 * last `resumeWithinMinutes`. Otherwise, and if the setting is 0, `undefined`. A group is the best we can ask for:
 * LiveChat does not let customers ask for an agent.
 */
export const returningGroup = async (scope: Scope, botpressUserId: string): Promise<number | undefined> => {
  const { resumeWithinMinutes } = scope.settings
  if (resumeWithinMinutes === 0) return undefined
  const effort = { budgetMs: budgets.start.niceToKnowMs, code: 'returning_group_not_found' }
  const found = await bestEffort(scope, effort, (limited) =>
    limited.client.listConversations({ channel: 'hitl', tags: { botpressUserId } }),
  )
  const tags = found?.conversations[0]?.tags ?? {}
  const ended = readEnded(tags['ended'])
  if (ended?.reason !== 'inactivity') return undefined
  const isRecent = scope.runtime.nowMs() - ended.atMs <= resumeWithinMinutes * 60_000
  const groupId = Number(tags['livechatGroupId'] || Number.NaN)
  return isRecent && Number.isInteger(groupId) ? groupId : undefined
}
