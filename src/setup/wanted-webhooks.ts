import { scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import type { LiveChatWebhook } from '../livechat/agent-schema'
import type { LiveChatApp } from '../livechat/accounts'
import type { NewWebhook } from '../livechat/configuration-api'
import type { Settings } from '../session/settings'

/**
 * The Chat Webhooks that an installation registers for itself. LiveChat has no way to change one or to see its secret,
 * so each carries in its description whose it is and a fingerprint of what it was made with.
 */

/** Raised whenever `filtersByAction` changes, so that webhooks of an earlier plan are recognised and replaced. */
const planVersion = 1

const ours = { only_my_chats: true }
/** Without our own doings. No `author_type`: system messages, which tell why a chat was closed, have no author. */
const ofOthers = { ...ours, source_type: ['other_clients', 'system'] }

export const filtersByAction: Record<string, Record<string, unknown>> = {
  incoming_event: ofOthers,
  chat_transferred: ofOthers,
  user_added_to_chat: ofOthers,
  user_removed_from_chat: ofOthers,
  event_updated: ofOthers,
  event_deleted: ofOthers,
  // A chat closed by the bot's stop ends its session, with `hitlSessionEnded`, only when this webhook says so.
  chat_deactivated: ours,
  // Threads of sessions are opened by us alone: without our own doings nothing would be left.
  incoming_chat: ours,
  // Ratings come from our action `rateSession`, too, and are told to the bot all the same.
  thread_properties_updated: ours,
}

export type WebhookOwner = { url: string; clientId: string; secretKey: string }

/** What all our webhooks say of themselves, whatever they were made with. People read it in the Developer Console. */
export const descriptionStart = 'Botpress LiveChat HITL, made by the integration.'

const deriveKey = promisify<string, string, number, Buffer>(scrypt)
/** 48 bits tell two secrets apart and are too few to find one that was derived slowly. */
const fingerprintBytes = 6

/** The webhooks that `owner` should have, each once. The same for the same owner at any time. */
export const wantedWebhooks = async (owner: WebhookOwner): Promise<NewWebhook[]> => {
  const salt = JSON.stringify([owner.url, owner.clientId])
  const key = await deriveKey(JSON.stringify([planVersion, owner.secretKey]), salt, fingerprintBytes)
  const description = `${descriptionStart} ${key.toString('hex')}`
  return Object.entries(filtersByAction).map(([action, filters]) => ({
    action,
    url: owner.url,
    secretKey: owner.secretKey,
    description,
    filters,
  }))
}

/** `tolerated`: those of the previous secret, which stay while it is accepted, since new ones take minutes to begin. */
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
 * Whether this installation registered it. All others are foreign, also those that were made by hand for the same
 * address, and are never touched.
 */
export const isOwn = (webhook: LiveChatWebhook, url: string): boolean =>
  webhook.url === url && (webhook.description ?? '').startsWith(descriptionStart)

/** Whether a webhook does exactly what is wanted. */
export const isExact = (webhook: LiveChatWebhook, wanted: NewWebhook): boolean =>
  webhook.action === wanted.action &&
  webhook.url === wanted.url &&
  webhook.description === wanted.description &&
  Object.entries(wanted.filters).every(([name, value]) => isSame(webhook.filters?.[name], value))

/** Lists in any order. */
const isSame = (seen: unknown, wanted: unknown): boolean =>
  Array.isArray(seen) && Array.isArray(wanted)
    ? seen.length === wanted.length && wanted.every((each) => seen.includes(each))
    : seen === wanted
