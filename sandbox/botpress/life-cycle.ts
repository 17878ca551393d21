import { BotpressApiError } from './errors'
import type { InstallationStatus, Instance } from './instance'
import { callIntegration, failureOf } from './operations'
import { fillDefaults, findMismatch } from './schema-check'
import { effect, type World } from './world'

const DAY_MS = 24 * 3_600_000

const periodsMs = {
  hourly: 3_600_000,
  daily: DAY_MS,
  weekly: 7 * DAY_MS,
  'bi-weekly': 14 * DAY_MS,
  monthly: 30 * DAY_MS,
  'bi-monthly': 60 * DAY_MS,
  quarterly: 91 * DAY_MS,
  yearly: 365 * DAY_MS,
}

export type RegisterPeriod = keyof typeof periodsMs

const setStatus = (world: World, instance: Instance, status: InstallationStatus, reason?: string): void => {
  instance.status = status
  instance.statusReason = reason
  effect(world, 'status_changed', { botId: instance.botId, webhookId: instance.webhookId, status, reason })
  if (reason) instance.logs.push({ atMs: world.clock.nowMs(), level: 'error', text: reason })
}

/** Checks and stores a configuration, as the form does before it sends anything. Throws InvalidPayload. */
export const saveConfiguration = (world: World, instance: Instance, configuration: unknown): void => {
  const schema = world.definition.configuration?.schema
  const filled = schema && world.knobs.applyConfigurationDefaults ? fillDefaults(schema, configuration) : configuration
  const mismatch = schema && findMismatch(schema, filled)
  if (mismatch) throw new BotpressApiError('InvalidPayload', `Configuration: ${mismatch}`)
  instance.configuration = filled
}

export const register = async (world: World, instance: Instance): Promise<void> => {
  setStatus(world, instance, 'registration_pending')
  const answer = await callIntegration(world, instance, 'register', { webhookUrl: instance.webhookUrl })
  const failure = failureOf('register', answer)
  setStatus(world, instance, failure ? 'registration_failed' : 'registered', failure?.message)
}

/** The installation stays in place if the integration fails to unregister. */
export const unregister = async (world: World, instance: Instance): Promise<void> => {
  setStatus(world, instance, 'unregistration_pending')
  const answer = await callIntegration(world, instance, 'unregister', { webhookUrl: instance.webhookUrl })
  const failure = failureOf('unregister', answer)
  setStatus(world, instance, failure ? 'unregistration_failed' : 'unregistered', failure?.message)
  if (failure) return
  instance.cancelRegisterCalls?.()
  world.instances.delete(instance.webhookId)
}

export const scheduleRegisterCalls = (world: World, instance: Instance, period: RegisterPeriod): void => {
  instance.cancelRegisterCalls?.()
  const scheduleNext = (): void => {
    instance.cancelRegisterCalls = world.schedule.at(world.clock.nowMs() + periodsMs[period], () => {
      scheduleNext()
      return register(world, instance)
    })
  }
  scheduleNext()
}
