import type { Bot } from './bot'
import { EndUser, type EndUserOptions } from './end-user'
import type { InstallationStatus, Instance, LogLine } from './instance'
import { register, saveConfiguration, unregister } from './life-cycle'
import type { Conversation, Event, Message, Payload, StateType, User } from './objects'
import { runAction } from './operations'
import { sendFromBot } from './outbox'
import type { PluginSettings } from './plugin/settings'
import type { World } from './world'

/** The integration in one bot, as the bot's owner sees and uses it in the Studio. */
export class Installation {
  public constructor(
    private readonly world: World,
    private readonly instance: Instance,
    private readonly bot: Bot,
  ) {}

  public get botId(): string {
    return this.instance.botId
  }

  public get integrationId(): string {
    return this.instance.integrationId
  }

  public get alias(): string {
    return this.instance.alias
  }

  public get webhookId(): string {
    return this.instance.webhookId
  }

  public get webhookUrl(): string {
    return this.instance.webhookUrl
  }

  public get status(): InstallationStatus {
    return this.instance.status
  }

  public get statusReason(): string | undefined {
    return this.instance.statusReason
  }

  /** Saves another configuration and registers again. Throws InvalidPayload if it breaks the schema. */
  public async configure(configuration: unknown): Promise<void> {
    saveConfiguration(this.world, this.instance, configuration)
    await this.register()
  }

  /** Changes settings of the plugin, for sessions that start from now on. */
  public configurePlugin(settings: PluginSettings): void {
    this.instance.pluginSettings = { ...this.instance.pluginSettings, ...settings }
  }

  public register(): Promise<void> {
    return register(this.world, this.instance)
  }

  /**
   * Moves to another version of the integration, under another id. The knob `stateSurvivesUpgrade` decides what is
   * kept.
   */
  public async upgrade(): Promise<void> {
    const before = this.instance.integrationId
    this.instance.integrationId = this.world.ids.next('intver')
    for (const [key, state] of this.instance.store.states) {
      if (state.type !== 'integration' || state.ownerId !== before) continue
      this.instance.store.states.delete(key)
      if (!this.world.knobs.stateSurvivesUpgrade) continue
      state.ownerId = this.instance.integrationId
      this.instance.store.states.set(`${state.type}:${state.ownerId}:${state.name}`, state)
    }
    await this.register()
  }

  public uninstall(): Promise<void> {
    return unregister(this.world, this.instance)
  }

  /** The integration's server now listens elsewhere, for example after a restart. */
  public moveTo(integrationUrl: string): void {
    this.instance.integrationUrl = integrationUrl
  }

  /** Runs an action as the bot would. Throws `OperationFailed` with the integration's error message. */
  public runAction(type: string, input: Record<string, unknown>): Promise<Record<string, unknown>> {
    return runAction(this.world, this.instance, type, input)
  }

  public endUser(options: EndUserOptions = {}): EndUser {
    return new EndUser({ world: this.world, instance: this.instance }, this.bot, options)
  }

  /**
   * The bot's own code sends a message of any type to a conversation of the integration. Resolves with whether the
   * integration accepted it.
   */
  public async botSends(conversationId: string, type: string, payload: Payload): Promise<boolean> {
    const conversation = this.instance.store.conversations.get(conversationId)
    if (!conversation) throw new Error(`Conversation ${conversationId} was not found`)
    return sendFromBot(this.world, this.instance, conversation, type, { type, ...payload }).delivered
  }

  /** What the bot's owner sees in the logs. */
  public logs(): LogLine[] {
    return [...this.instance.logs]
  }

  /** Events that reached the bot's flows, oldest first. */
  public botEvents(): Pick<Event, 'id' | 'type' | 'payload' | 'conversationId' | 'userId'>[] {
    return [...this.instance.botEvents]
  }

  /** The integration's own objects, for assertions. Do not change them. */
  public users(): User[] {
    return [...this.instance.store.users.values()].filter((user) => !user.isBot)
  }

  /** Deletes a user, as the bot's owner can in the dashboard. The user's messages stay. */
  public deleteUser(id: string): void {
    this.instance.store.users.delete(id)
  }

  public conversations(): Conversation[] {
    return [...this.instance.store.conversations.values()]
  }

  public messages(conversationId?: string): Message[] {
    const all = [...this.instance.store.messages.values()]
    return conversationId === undefined ? all : all.filter((message) => message.conversationId === conversationId)
  }

  public events(): Event[] {
    return [...this.instance.store.events.values()]
  }

  public state(type: StateType, ownerId: string, name: string): Payload | undefined {
    return this.instance.store.states.get(`${type}:${ownerId}:${name}`)?.payload
  }
}
