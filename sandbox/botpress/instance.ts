import type { Conversation, Event, Message } from './objects'
import type { PluginSettings } from './plugin/settings'
import type { Store } from './store'

export type InstallationStatus =
  | 'registration_pending'
  | 'registered'
  | 'registration_failed'
  | 'unregistration_pending'
  | 'unregistered'
  | 'unregistration_failed'

/** A log line that the bot's owner can read. */
export type LogLine = { atMs: number; level: 'info' | 'error'; text: string }

/** Gets what the integration creates: the plugin, then the bot. */
export type Receiver = {
  takeMessage(message: Message): Promise<void>
  /** `processed`: the plugin or the bot used it. `ignored`: it was stopped on its way to the bot. */
  takeEvent(event: Event): Promise<'processed' | 'ignored'>
  /** The flow of an end user's conversation goes on after a session. */
  continueFlow(upstream: Conversation): void
}

/** The integration installed in one bot. */
export type Instance = {
  botId: string
  /** The bot as a user: its id is the bot's. */
  botUserId: string
  alias: string
  integrationId: string
  integrationUrl: string
  webhookId: string
  webhookUrl: string
  configuration: unknown
  /** How the bot's owner has set the plugin. */
  pluginSettings: PluginSettings
  status: InstallationStatus
  statusReason?: string | undefined
  identifier?: string | null | undefined
  /** Stops the periodic register calls that the integration asked for. */
  cancelRegisterCalls?: (() => void) | undefined
  /** Objects of the integration. */
  store: Store
  /** Objects of the end users' channel. */
  upstream: Store
  receiver: Receiver
  botEvents: Event[]
  logs: LogLine[]
}
