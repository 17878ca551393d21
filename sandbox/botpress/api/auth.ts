import type { SandboxRequest } from '../../http-server'
import { BotpressApiError } from '../errors'
import type { Instance } from '../instance'
import type { World } from '../world'

const header = (request: SandboxRequest, name: string): string | undefined => {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}

const checkToken = (world: World, request: SandboxRequest): void => {
  if (header(request, 'authorization') !== `Bearer ${world.token}`)
    throw new BotpressApiError('Unauthorized', 'The token is missing or not valid')
}

/** The bot whose own code makes the call. */
export const authoriseBot = (world: World, request: SandboxRequest): Instance => {
  checkToken(world, request)
  const botId = header(request, 'x-bot-id')
  const instance = [...world.instances.values()].find((candidate) => candidate.botId === botId)
  if (!instance) throw new BotpressApiError('Forbidden', 'There is no such bot')
  return instance
}

/** The installation on whose behalf the call is made. */
export const authorise = (world: World, request: SandboxRequest): Instance => {
  checkToken(world, request)
  const botId = header(request, 'x-bot-id')
  const integrationId = header(request, 'x-integration-id')
  if (!botId || !integrationId) {
    throw new BotpressApiError('InvalidPayload', 'The headers x-bot-id and x-integration-id are needed')
  }
  const alias = header(request, 'x-integration-alias')
  const instance = [...world.instances.values()].find(
    (candidate) =>
      candidate.botId === botId &&
      candidate.integrationId === integrationId &&
      (alias === undefined || candidate.alias === alias),
  )
  if (!instance) throw new BotpressApiError('Forbidden', 'This integration is not installed in this bot')
  return instance
}
