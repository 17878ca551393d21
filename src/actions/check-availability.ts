import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { readGroup, WrongGroupError } from '../content/to-agent/briefing/session-details'
import { nextOpening, type Opening } from '../content/next-opening'
import { keptProbeCredentials, newProbeCredentials } from '../customers/probe-customer'
import { pages } from '../definitions/console-pages'
import { createCustomerApi, type CustomerCredentials } from '../livechat/customer-api'
import { LiveChatIdentityLostError } from '../livechat/errors'
import { readWorkSchedules } from '../operation/agent-apis'
import { budgets } from '../operation/budgets'
import { operation, type Host } from '../operation/operation'
import type { Scope } from '../operation/scope'

type Output = bp.ActionOutputs['checkAvailability']
type Status = Output['status']

/**
 * Asks LiveChat whether an agent could take a conversation now. Asks as the stored probe customer, so that repeated
 * questions create no new customers in LiveChat. Makes one call to LiveChat while the stored token is valid. With agent
 * access, it makes a second one if nobody is there, and says when the first agent begins to work.
 * @throws RuntimeError when LiveChat cannot be asked, or the group does not exist
 */
export const createCheckAvailability = (host: Host): bp.IntegrationProps['actions']['checkAvailability'] =>
  operation(
    host,
    {
      name: 'checkAvailability',
      budgetMs: budgets.availability.wholeMs,
      failure: 'The availability of agents could not be checked',
    },
    (scope, { input }: bp.ActionProps['checkAvailability']) => check(scope, groupOf(input.groupId)),
  )

const groupOf = (given: unknown): number | undefined => {
  try {
    return readGroup(given)
  } catch (error) {
    if (!(error instanceof WrongGroupError)) throw error
    throw new RuntimeError(`"Group ID" ${error.advice}`)
  }
}

const check = async (scope: Scope, askedGroupId: number | undefined): Promise<Output> => {
  const { runtime, memory, app, deadline, settings } = scope
  const groupId = askedGroupId ?? settings.groupId
  const ask = (credentials: CustomerCredentials): Promise<Record<string, string>> => {
    const api = createCustomerApi(runtime, memory.http, app.organizationId, credentials, deadline)
    return api.listGroupStatuses(groupId === undefined ? 'all' : [groupId])
  }
  const statuses = await ask(await keptProbeCredentials(scope)).catch(async (error: unknown) => {
    if (!(error instanceof LiveChatIdentityLostError)) throw error
    return ask(await newProbeCredentials(scope))
  })
  const groups = Object.entries(statuses).map(([id, status]) => ({ groupId: Number(id), status: toStatus(status) }))
  // LiveChat leaves out a group that does not exist.
  if (groupId !== undefined && groups.length === 0) throw new RuntimeError(unknownGroup(groupId))
  const status = best(groups.map((group) => group.status))
  const canStart = settings.whenOffline === 'queue' || status !== 'offline'
  const opening = status === 'offline' ? await openingOf(scope, groupId) : undefined
  return { status, canStart, groups, ...(opening ? { nextOpening: opening } : {}) }
}

/** Absent without agent access, and in any doubt. */
const openingOf = async (scope: Scope, groupId: number | undefined): Promise<Opening | undefined> => {
  const schedules = await readWorkSchedules(scope, groupId, budgets.availability.openingMs)
  return schedules && nextOpening(schedules, scope.runtime.nowMs())
}

const unknownGroup = (groupId: number): string =>
  `LiveChat has no group ${groupId}. Correct the groupId that the bot passes, or "Group ID" in the configuration: the number is in the address of the group’s page: ${pages.groups}.`

/** Any other status, such as one that LiveChat adds later, counts as offline. */
const toStatus = (status: string): Status => (status === 'online' || status === 'online_for_queue' ? status : 'offline')

const best = (statuses: Status[]): Status => {
  if (statuses.includes('online')) return 'online'
  return statuses.includes('online_for_queue') ? 'online_for_queue' : 'offline'
}
