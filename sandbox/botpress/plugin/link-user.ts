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
    email: given.email ?? user.tags.email ?? inventedEmail(user.id, instance.botId),
  })
  const downstreamUser = instance.store.users.get(String(userId))
  if (!downstreamUser)
    throw new OperationFailed('createUser', 'ResourceNotFound', `User ${String(userId)} was not found`)

  Object.assign(user.pluginTags, { downstream: downstreamUser.id, integrationName: instance.alias })
  Object.assign(downstreamUser.pluginTags, { upstream: user.id, integrationName: instance.alias })
  effect(world, 'user_linked', { userId: downstreamUser.id, upstreamUserId: user.id })
  return downstreamUser.id
}

const knownLink = ({ instance }: Plugin, user: User): string | undefined => {
  const { downstream, integrationName } = user.pluginTags
  if (!downstream || integrationName !== instance.alias) return undefined
  return instance.store.users.has(downstream) ? downstream : undefined
}
