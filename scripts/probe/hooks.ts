import { accepted } from './calls'
import { listAt, textAt } from './json'
import type { Arrival, Fits } from './receiver'
import { arrival, type Stage } from './stage'

type Hook = { action: string; filters: Record<string, unknown> }

const ours = { only_my_chats: true }

/**
 * The webhooks of a run. `words` and `filteredWords` show the same events, so that what only one of them brings shows
 * what the filters do. `words` is filtered by the token's owner, so that no words of other chats come here.
 */
export const hooksOf = (email: string): Record<string, Hook> => ({
  words: { action: 'incoming_event', filters: { chat_presence: { user_ids: { values: [email] } } } },
  filteredWords: { action: 'incoming_event', filters: { ...ours, source_type: ['other_clients', 'system'] } },
  starts: { action: 'incoming_chat', filters: ours },
  ends: { action: 'chat_deactivated', filters: ours },
  transfers: { action: 'chat_transferred', filters: ours },
  properties: { action: 'thread_properties_updated', filters: ours },
  updates: { action: 'event_updated', filters: ours },
  presses: { action: 'incoming_rich_message_postback', filters: ours },
})

export type HookStage = Pick<Stage, 'configuration' | 'app' | 'hookUrl' | 'secret' | 'runId'>

/** Registers one webhook. LiveChat's refusal is an answer, too. */
export const register = ({ configuration, app, hookUrl, secret, runId }: HookStage, name: string, hook: Hook) =>
  configuration('register_webhook', {
    owner_client_id: app.clientId,
    type: 'license',
    url: hookUrl(name),
    secret_key: secret,
    description: `Probe ${runId}: may be removed`,
    ...hook,
  })

/** Removes all webhooks of this run, including those whose answer was lost. */
export const unregisterAll = async ({ configuration, app, hookUrl }: HookStage): Promise<void> => {
  const owner = { owner_client_id: app.clientId }
  const webhooks = listAt(accepted('list_webhooks', await configuration('list_webhooks', owner)).body)
  const own = webhooks.filter((webhook) => textAt(webhook, 'url')?.startsWith(hookUrl('')))
  for (const id of own.flatMap((webhook) => textAt(webhook, 'id') ?? []))
    accepted('unregister_webhook', await configuration('unregister_webhook', { ...owner, id }))
}

/** Deliveries to one of the probe's webhooks for one thread, with further conditions. */
export const onHook =
  (hook: string, threadId: string, isMeant: (arrival: Arrival) => boolean = () => true): Fits =>
  (one) =>
    one.hook === hook &&
    (textAt(one.payload, 'thread_id') ?? textAt(one.payload, 'chat', 'thread', 'id')) === threadId &&
    isMeant(one)

export const isEvent =
  (eventId: string) =>
  ({ payload }: Arrival): boolean =>
    textAt(payload, 'event', 'id') === eventId

/** Whether the event's words came to the webhook, at the latest after the usual time. */
export const brings = async (stage: Stage, hook: string, threadId: string, eventId: string): Promise<boolean> =>
  (await arrival(stage, onHook(hook, threadId, isEvent(eventId)))) !== undefined
