import { RunningClock } from '../clock'
import { clientId, salesGroup, startSystem, webhookSecret, type System, type SystemOptions } from '../start-sandbox'

/** Long enough to read a chat without hurry, and to answer it after lunch. */
const INACTIVITY_MS = 8 * 3600_000

/** Webhooks besides the three that everybody needs: for corrections, deletions and ratings. */
const FURTHER_WEBHOOKS = [
  { action: 'event_updated', filters: { author_type: 'agent' } },
  { action: 'event_deleted' },
  { action: 'thread_properties_updated' },
] as const

/** A system for trying things by hand: time runs, and chats wait until an agent picks them up. */
export const startPageSystem = async (options: Omit<SystemOptions, 'clock'> = {}): Promise<System> => {
  const system = await startSystem({
    keepsExchanges: true,
    ...options,
    clock: new RunningClock(),
    livechatKnobs: { autoAssign: false, inactivityMs: INACTIVITY_MS, ...options.livechatKnobs },
  })
  system.livechat.license.addAgent({
    email: 'cedar@example.com',
    name: 'Agent Cedar',
    jobTitle: 'Sales Specialist',
    groupIds: [0, salesGroup.id],
    status: 'not_accepting_chats',
  })
  for (const webhook of FURTHER_WEBHOOKS) {
    const { webhookUrl: url } = system.installation
    system.livechat.webhooks.register({ ...webhook, url, secretKey: webhookSecret, clientId })
  }
  return system
}
