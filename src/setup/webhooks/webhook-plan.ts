import type { LiveChatWebhook } from '../../livechat/agent-schema'
import type { NewWebhook } from '../../livechat/configuration-api'
import { isExact, isOwn, type InstallationWebhooks } from './wanted-webhooks'

/** `missing`: webhooks to register. `surplus`: outdated or duplicate webhooks of ours, to remove. */
export type WebhookPlan = { missing: NewWebhook[]; surplus: LiveChatWebhook[] }

/**
 * Plans how to turn the webhooks that LiveChat lists into the wanted ones. Pure. If several webhooks match exactly, the
 * one with the smallest id stays. So plans that are made at the same time from the same list keep the same webhook.
 */
export const planWebhooks = (
  { wanted, tolerated }: InstallationWebhooks,
  seen: LiveChatWebhook[],
  url: string,
): WebhookPlan => {
  const find = (each: NewWebhook) => smallest(seen.filter((webhook) => isExact(webhook, each)))
  const kept = wanted.map(find)
  const keptIds = new Set([...kept, ...tolerated.map(find)].map((webhook) => webhook?.id))
  return {
    missing: wanted.filter((_, index) => kept[index] === undefined),
    surplus: seen.filter((webhook) => isOwn(webhook, url) && !keptIds.has(webhook.id)),
  }
}

const smallest = (webhooks: LiveChatWebhook[]): LiveChatWebhook | undefined =>
  webhooks.reduce<LiveChatWebhook | undefined>((least, each) => (least && least.id < each.id ? least : each), undefined)
