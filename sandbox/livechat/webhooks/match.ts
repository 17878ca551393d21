import type { Webhook } from '../model'
import type { Notice, World } from '../world'

type Check = (world: World, webhook: Webhook, notice: Notice) => boolean

/** One check per rule. A webhook is sent only if all checks agree. */
const CHECKS: Check[] = [
  (_world, webhook, notice) => webhook.action === notice.action,
  (world, webhook) => webhook.activeFromMs <= world.clock.nowMs(),
  (world, webhook) => {
    const app = world.apps.get(webhook.clientId)
    return app !== undefined && app.installed && app.webhooksEnabled
  },
  (world, webhook, notice) => webhook.type === 'license' || hasBotOf(world, webhook.clientId, notice),
  // System messages have no author, so neither kind of author matches them.
  (_world, { filters }, notice) => filters?.author_type === undefined || filters.author_type === notice.authorKind,
  (_world, { filters, clientId }, { chat }) =>
    !filters?.only_my_chats || !chat || chat.properties['source']?.['client_id'] === clientId,
  (_world, { filters, clientId }, notice) =>
    !filters?.source_type || filters.source_type.includes(sourceType(clientId, notice)),
  (_world, { filters }, { chat }) => {
    const ids = filters?.chat_presence?.user_ids
    if (!ids || !chat) return true
    const present = (id: string): boolean => chat.users.some((user) => user.id === id && user.present)
    if (ids.exclude_values?.some(present)) return false
    return !ids.values || ids.values.some(present)
  },
  (world, { filters, clientId }, notice) =>
    !filters?.chat_presence?.my_bots || !notice.chat || hasBotOf(world, clientId, notice),
  (_world, { filters }, { agentId }) =>
    !filters?.agent_ids || (agentId !== undefined && filters.agent_ids.includes(agentId)),
  // Events of the type `system` came with 3.6.
  (_world, webhook, notice) => webhook.version !== '3.5' || notice.isSystemEvent !== true,
]

export const matches = (world: World, webhook: Webhook, notice: Notice): boolean =>
  CHECKS.every((check) => check(world, webhook, notice))

const sourceType = (clientId: string, { actor }: Notice): 'my_client' | 'other_clients' | 'system' => {
  if (actor.kind === 'system') return 'system'
  return actor.clientId === clientId ? 'my_client' : 'other_clients'
}

const hasBotOf = (world: World, clientId: string, { chat }: Notice): boolean =>
  chat?.users.some((user) => user.present && world.agents.get(user.id)?.botOwnerClientId === clientId) ?? false
