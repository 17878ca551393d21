import { RuntimeError } from '@botpress/sdk'
import { pages } from '../../definitions/console-pages'
import type { ConfigurationApi, NewWebhook } from '../../livechat/configuration-api'
import { LiveChatApiError, LiveChatError } from '../../livechat/errors'
import type { InstallationWebhooks } from './wanted-webhooks'
import { planWebhooks } from './webhook-plan'

/** LiveChat's limit of webhooks for one action of one app, across all URLs. */
const maxPerAction = 3

/**
 * Registers the webhooks that the installation at `url` wants, and removes its other webhooks. The result is always the
 * same: after several runs, after runs at the same time, and after a run that stopped in the middle. Never changes
 * foreign webhooks.
 * @throws RuntimeError if LiveChat has no room for a webhook, LiveChatError if a call fails
 */
export const registerWebhooks = async (
  api: ConfigurationApi,
  webhooks: InstallationWebhooks,
  url: string,
): Promise<void> => {
  const { missing, surplus } = planWebhooks(webhooks, await api.listWebhooks(), url)
  if (missing.length === 0 && surplus.length === 0) return

  const unanswered = new Map<string, LiveChatError>()
  for (const webhook of missing) {
    // Registers the new webhook first, then removes the old one, so that no delivery is lost in between.
    const failure = await registerOne(api, webhook)
    if (failure) unanswered.set(webhook.action, failure)
    for (const old of surplus) if (old.action === webhook.action && !failure) await api.unregisterWebhook(old.id)
  }
  // Lists again, because another run may have worked at the same time, and a call whose answer was lost may have taken
  // effect.
  const left = planWebhooks(webhooks, await api.listWebhooks(), url)
  const absent = new Set(left.missing.map(({ action }) => action))
  // Removes old webhooks only for actions that have the wanted webhook. For the other actions, an outdated webhook is
  // better than none.
  for (const { id, action } of left.surplus) if (!absent.has(action)) await api.unregisterWebhook(id)
  for (const [action, failure] of unanswered) if (absent.has(action)) throw failure
}

/**
 * Removes every webhook that this installation has ever registered, and no other.
 * @throws the first LiveChatError, after it has tried to remove all of them
 */
export const unregisterWebhooks = async (api: ConfigurationApi, url: string): Promise<void> => {
  const { surplus } = planWebhooks({ wanted: [], tolerated: [] }, await api.listWebhooks(), url)
  const failures: unknown[] = []
  for (const { id } of surplus) await api.unregisterWebhook(id).catch((error: unknown) => failures.push(error))
  // Throws only now, so that after one failure the other webhooks are still removed.
  if (failures.length > 0) throw failures[0]
}

/** @returns the failure, if LiveChat may have registered the webhook despite the failure */
const registerOne = async (api: ConfigurationApi, webhook: NewWebhook): Promise<LiveChatError | undefined> => {
  for (let freed = 0; ; freed += 1) {
    try {
      await api.registerWebhook(webhook)
      return undefined
    } catch (error) {
      if (!(error instanceof LiveChatError)) throw error
      if (error.mayHaveLanded) return error
      if (!(error instanceof LiveChatApiError) || error.retryable) throw error
      if (!(await makeRoom(api, webhook, error, freed))) return undefined
    }
  }
}

/**
 * Called after LiveChat has refused a webhook. If the app has no room for it, removes one of our outdated webhooks. No
 * document names the error for this. So we list the webhooks and count them, and also accept the error `limit_reached`.
 * @returns `false` if the webhook already exists
 * @throws the refusal, if it has another cause; RuntimeError if we cannot remove any webhook of ours
 */
const makeRoom = async (
  api: ConfigurationApi,
  webhook: NewWebhook,
  refusal: LiveChatApiError,
  freed: number,
): Promise<boolean> => {
  const seen = (await api.listWebhooks()).filter(({ action }) => action === webhook.action)
  if (seen.length < maxPerAction && refusal.type !== 'limit_reached') throw refusal
  const { missing, surplus } = planWebhooks({ wanted: [webhook], tolerated: [] }, seen, webhook.url)
  if (missing.length === 0) return false
  const [old] = surplus
  if (!old || freed >= maxPerAction) throw noRoom(webhook, seen)
  await api.unregisterWebhook(old.id)
  return true
}

const noRoom = ({ action, url }: NewWebhook, seen: { url: string }[]): RuntimeError => {
  const which = seen.some((webhook) => webhook.url === url)
    ? 'the one that was made by hand with the webhook URL of this bot'
    : 'one that is no longer needed, or use a LiveChat app of its own for this bot'
  return new RuntimeError(
    `"Agent access": LiveChat allows three Chat Webhooks for "${action}" in one app, and this app has them. Remove ${which} (${pages.webhooks}), and save again.`,
  )
}
