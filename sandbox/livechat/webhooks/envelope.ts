import type { Webhook } from '../model'
import { copyProperties } from '../shapes/properties'
import type { Notice, World } from '../world'

const WITHOUT_ADDITIONAL_DATA_IN_SAMPLES = new Set(['chat_transferred', 'thread_summary_set'])

/** The body of one webhook, as it is sent. */
export const envelope = (world: World, webhook: Webhook, notice: Notice): string =>
  JSON.stringify({
    webhook_id: webhook.id,
    secret_key: webhook.secretKey,
    action: notice.action,
    organization_id: world.license.organizationId,
    payload: notice.payload(webhook.version),
    ...(hasAdditionalData(world, notice) ? { additional_data: additionalData(webhook, notice) } : {}),
  })

const hasAdditionalData = (world: World, notice: Notice): boolean => {
  if (world.knobs.additionalData !== 'as_in_samples') return world.knobs.additionalData === 'always'
  return !WITHOUT_ADDITIONAL_DATA_IN_SAMPLES.has(notice.action)
}

const additionalData = (webhook: Webhook, { chat }: Notice): Record<string, unknown> => ({
  ...(chat && webhook.additionalData.includes('chat_properties')
    ? { chat_properties: copyProperties(chat.properties) }
    : {}),
  ...(chat && webhook.additionalData.includes('chat_presence_user_ids')
    ? { chat_presence_user_ids: chat.users.filter((user) => user.present).map((user) => user.id) }
    : {}),
})
