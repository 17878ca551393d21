import { OperationFailed } from '../errors'
import type { User } from '../objects'
import { runAction } from '../operations'
import { effect } from '../world'
import type { Plugin } from './context'

/** Invented addresses have this form: the end user gave no address. */
const inventedEmail = (userId: string, botId: string): string =>
  `${userId}@no-reply.${botId.replaceAll('_', '-')}.botpress.com`

/** The integration's user for an end user: the linked one, or a new one from `createUser`. */
export const linkUser = async (
  { world, instance }: Plugin,
  upstreamUserId: string,
  given: { email?: string | undefined } = {},
): Promise<string> => {
  const user = instance.upstream.users.get(upstreamUserId)
  if (!user) throw new OperationFailed('createUser', 'ResourceNotFound', `There is no end user ${upstreamUserId}`)
  const known = knownLink({ world, instance }, user)
  if (known) return known

  const { userId } = await runAction(world, instance, 'createUser', {
    name: user.name ?? 'Unknown User',
    ...(user.pictureUrl ? { pictureUrl: user.pictureUrl } : {}),
    // The plugin sees only its own tags of a user, so it does not know the address that the channel has.
    email: given.email ?? inventedEmail(user.id, instance.botId),
  })
  const downstreamUser = instance.store.users.get(String(userId))
  if (!downstreamUser)
    throw new OperationFailed('createUser', 'ResourceNotFound', `User ${String(userId)} was not found`)

  const integration = { integrationName: world.definition.name, integrationAlias: instance.alias }
  Object.assign(user.pluginTags, { downstream: downstreamUser.id, ...integration })
  Object.assign(downstreamUser.pluginTags, { upstream: user.id, ...integration })
  effect(world, 'user_linked', { userId: downstreamUser.id, upstreamUserId: user.id })
  return downstreamUser.id
}

/** A link names the integration's alias. An older one has only its name. */
const knownLink = ({ world, instance }: Plugin, user: User): string | undefined => {
  const { downstream, integrationName, integrationAlias } = user.pluginTags
  const isOfThis =
    integrationAlias === undefined ? integrationName === world.definition.name : integrationAlias === instance.alias
  if (!downstream || !isOfThis) return undefined
  return instance.store.users.has(downstream) ? downstream : undefined
}
