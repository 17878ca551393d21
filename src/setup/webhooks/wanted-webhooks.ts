import type { LiveChatApp } from '../../livechat/accounts'
import type { LiveChatWebhook } from '../../livechat/agent-schema'
import type { NewWebhook } from '../../livechat/configuration-api'
import type { Settings } from '../../operation/settings'
import { fingerprint } from '../../shared/fingerprint'

/**
 * The Chat Webhooks that an installation registers for itself. LiveChat can neither change a webhook nor show its
 * secret. So the description of each webhook says who registered it, and contains a fingerprint of the secret and the
 * plan version.
 */

/**
 * Raise this number whenever `filtersByAction` or `additionalData` changes. A register then replaces earlier webhooks.
 */
const planVersion = 3

/** The properties of a chat show whether it belongs to another app. That saves a second look-up. */
const additionalData = ['chat_properties']

const ours = { only_my_chats: true }
/**
 * Leaves out what we do ourselves. It has no `author_type`, because system messages have no author, and we need those
 * that say why a thread was closed.
 */
const notByUs = { source_type: ['other_clients', 'system'] }
const ofOthers = { ...ours, ...notByUs }

export const filtersByAction: Record<string, Record<string, unknown>> = {
  // Messages and ends come from all chats of the license: if an agent reopens a chat, `only_my_chats` may exclude it.
  incoming_event: notByUs,
  chat_transferred: ofOthers,
  user_added_to_chat: ofOthers,
  user_removed_from_chat: ofOthers,
  event_updated: ofOthers,
  event_deleted: ofOthers,
  // After the bot has closed a thread, only this webhook ends the session and leads to `hitlSessionEnded`.
  chat_deactivated: {},
  // Only we open the threads of sessions. If this webhook left out what we do ourselves, it would never come.
  incoming_chat: ours,
  // Our own action `rateSession` also writes ratings, and the bot's flows are told about them, too.
  thread_properties_updated: ours,
}

export type WebhookOwner = { url: string; clientId: string; secretKey: string }

/** How the description of every webhook of ours starts. The bot's owner reads it in the Developer Console. */
export const descriptionStart = 'Botpress LiveChat HITL, made by the integration.'

/** The webhooks that `owner` should have, one per action. Always the same for the same owner. */
export const wantedWebhooks = async (owner: WebhookOwner): Promise<NewWebhook[]> => {
  const salt = JSON.stringify([owner.url, owner.clientId])
  const description = `${descriptionStart} ${await fingerprint(JSON.stringify([planVersion, owner.secretKey]), salt)}`
  return Object.entries(filtersByAction).map(([action, filters]) => ({
    action,
    url: owner.url,
    secretKey: owner.secretKey,
    description,
    filters,
    additionalData,
  }))
}

/**
 * `tolerated`: webhooks with the previous secret. They stay while we accept the previous secret, because new webhooks
 * work only after some minutes.
 */
export type InstallationWebhooks = { wanted: NewWebhook[]; tolerated: NewWebhook[] }

export const webhooksOf = async (
  { redirectUri: url, clientId }: LiveChatApp,
  { webhookSecret, previousWebhookSecret }: Settings,
): Promise<InstallationWebhooks> => {
  const of = (secretKey: string): Promise<NewWebhook[]> => wantedWebhooks({ url, clientId, secretKey })
  const [wanted, tolerated] = await Promise.all([
    of(webhookSecret),
    previousWebhookSecret === undefined ? [] : of(previousWebhookSecret),
  ])
  return { wanted, tolerated }
}

/**
 * Whether this installation registered the webhook. All others are foreign, even those made by hand for the same URL,
 * and we never touch them.
 */
export const isOwn = (webhook: LiveChatWebhook, url: string): boolean =>
  webhook.url === url && (webhook.description ?? '').startsWith(descriptionStart)

/** Whether a webhook has the wanted action, URL and description, and at least the wanted filters. */
export const isExact = (webhook: LiveChatWebhook, wanted: NewWebhook): boolean =>
  webhook.action === wanted.action &&
  webhook.url === wanted.url &&
  webhook.description === wanted.description &&
  Object.entries(wanted.filters).every(([name, value]) => isSame(webhook.filters?.[name], value))

/** The order of lists does not matter. */
const isSame = (seen: unknown, wanted: unknown): boolean =>
  Array.isArray(seen) && Array.isArray(wanted)
    ? seen.length === wanted.length && wanted.every((each) => seen.includes(each))
    : seen === wanted
