import { bestEffort } from '../operation/best-effort'
import { budgets } from '../operation/budgets'
import { unlessNotFound } from '../operation/failures/platform-errors'
import type { Scope } from '../operation/scope'
import { fieldsOf } from '../shared/fields'
import { fingerprint } from '../shared/fingerprint'

/** If somebody saves again within this time, they want to see whether it works now. */
const savesFollowWithinMs = 15 * 60_000

const budgetMs = budgets.register.memoryMs

/** `fingerprint` stands for the present configuration. */
export type Registration = { isDaily: boolean; fingerprint: string }

/**
 * Says whether this is a daily register, for which nobody waits: Botpress does not say so. It counts as daily if its
 * configuration is the one that was last accepted, and that was some time ago. If Botpress cannot be asked, the answer
 * is yes: a daily register must not fail.
 */
export const readRegistration = async (scope: Scope): Promise<Registration> => {
  const { settings, app, integrationId } = scope
  const [accepted, present] = await Promise.all([
    readAccepted(scope),
    fingerprint(JSON.stringify([settings, app.redirectUri]), integrationId),
  ])
  return { isDaily: accepted === undefined || accepted === present, fingerprint: present }
}

/** The fingerprint that was last accepted; `none` if this may be a save. `undefined` if Botpress cannot be asked. */
const readAccepted = async (scope: Scope): Promise<string | undefined> => {
  const effort = { budgetMs: budgets.register.readMs, code: 'last_register_not_read' }
  const read = await bestEffort(scope, effort, async ({ client }) => ({
    state: await unlessNotFound(client.getState(placeOf(scope))),
  }))
  if (!read) return undefined
  const { fingerprint: accepted, atMs } = fieldsOf(read.state?.state.payload)
  const isOld = typeof atMs === 'number' && scope.runtime.nowMs() - atMs >= savesFollowWithinMs
  return isOld && typeof accepted === 'string' ? accepted : 'none'
}

/** Notes that the present configuration was accepted. */
export const noteAccepted = (scope: Scope, registration: Registration): Promise<void> =>
  note(scope, registration.fingerprint)

/** Notes that a configuration was refused. So the next save of it says why, too. */
export const noteRefused = (scope: Scope): Promise<void> => note(scope, '')

const note = async (scope: Scope, accepted: string): Promise<void> => {
  const payload = { fingerprint: accepted, atMs: scope.runtime.nowMs() }
  await bestEffort(scope, { budgetMs, code: 'register_not_noted' }, ({ client }) =>
    client.setState({ ...placeOf(scope), payload }),
  )
}

/** Asks Botpress to repeat the register every day. */
export const scheduleDaily = async (scope: Scope): Promise<void> => {
  await bestEffort(scope, { budgetMs, code: 'daily_register_not_scheduled' }, ({ client }) =>
    client.configureIntegration({ scheduleRegisterCall: 'daily' }),
  )
}

const placeOf = (scope: Scope) => ({ type: 'integration', id: scope.integrationId, name: 'registered' }) as const
