import type { Bot } from './bot'
import { toChatLine, type ChatLine } from './chat-line'
import { processFromEndUser } from './conversation-flow'
import type { Conversation, Message, Payload, User } from './objects'
import { downstreamOf, settingsOf, type Plugin } from './plugin/context'
import { inUpstreamLane, startSession, type StartInput, type StartResult } from './plugin/start'
import { stopSession, type StopResult } from './plugin/stop'
import { closeCommand } from './plugin/texts'
import {
  authorOf,
  createUpstreamConversation,
  createUpstreamUser,
  show,
  storeFromEndUser,
  type Channel,
} from './upstream'

export type EndUserOptions = { name?: string; email?: string; pictureUrl?: string; channel?: Channel }

export type SessionView = {
  active: boolean
  /** The integration's conversation and user; absent before a first session. */
  conversationId?: string
  userId?: string
  agentName?: string
}

/** An earlier message: of this end user, of the bot, or of another end user in the same conversation. */
export type PastMessage = { from: 'me' | 'bot' | { name?: string; email?: string }; type: string; payload: Payload }

/** An end user of the bot. Their messages are processed in the background: `settle()` waits for that. */
export class EndUser {
  private readonly user: User
  private readonly conversation: Conversation

  public constructor(
    private readonly plugin: Plugin,
    private readonly bot: Bot,
    options: EndUserOptions,
  ) {
    const { world, instance } = plugin
    this.user = createUpstreamUser(world, instance, options)
    this.conversation = createUpstreamConversation(world, instance, options.channel ?? 'webchat', this.user.id)
  }

  public get userId(): string {
    return this.user.id
  }

  public get conversationId(): string {
    return this.conversation.id
  }

  public get session(): SessionView {
    const { downstream } = this.user.pluginTags
    const conversation = downstreamOf(this.plugin, this.conversation)
    const agentName = conversation?.pluginTags.humanAgentName
    return {
      active: this.conversation.hitl === 'active',
      ...(conversation ? { conversationId: conversation.id } : {}),
      ...(downstream ? { userId: downstream } : {}),
      ...(agentName ? { agentName } : {}),
    }
  }

  public say(text: string): Promise<void> {
    return this.send('text', { text })
  }

  public sendImage(imageUrl: string, title?: string): Promise<void> {
    return this.send('image', { imageUrl, ...titled(title) })
  }

  public sendAudio(audioUrl: string, title?: string): Promise<void> {
    return this.send('audio', { audioUrl, ...titled(title) })
  }

  public sendVideo(videoUrl: string, title?: string): Promise<void> {
    return this.send('video', { videoUrl, ...titled(title) })
  }

  public sendFile(fileUrl: string, title?: string): Promise<void> {
    return this.send('file', { fileUrl, ...titled(title) })
  }

  public sendLocation(location: {
    latitude: number
    longitude: number
    address?: string
    title?: string
  }): Promise<void> {
    return this.send('location', location)
  }

  public sendBloc(items: { type: string; payload: Payload }[]): Promise<void> {
    return this.send('bloc', { items })
  }

  /** Any type and payload, as the channel would deliver it. Resolves when stored, not when processed. */
  public async send(type: string, payload: Payload): Promise<void> {
    const { world, instance } = this.plugin
    const message = storeFromEndUser(world, instance, this.conversation, this.user.id, type, payload)
    processFromEndUser(this.plugin, this.bot, this.conversation, message)
  }

  /** Sends the plugin's close command. */
  public end(): Promise<void> {
    return this.say(settingsOf(this.plugin, this.conversation).userHitlCloseCommand || closeCommand)
  }

  /**
   * The bot's flow reaches the plugin's start card, and fills in the address that it knows as "User Email". Resolves with what came of it, after what was said before; do not
   * await it while another session of this person waits for its delayed activation.
   */
  public askForHuman(input: StartInput = {}): Promise<StartResult> {
    const card = { userEmail: this.user.tags.email, ...input }
    return this.inLane(() => startSession(this.plugin, this.conversation, this.user.id, card))
  }

  /** The bot's flow reaches the plugin's stop card. */
  public botStops(): Promise<StopResult> {
    return this.inLane(() => stopSession(this.plugin, this.conversation, 'bot-stopped'))
  }

  /** The bot sends a message of any type that answers nothing. */
  public botSays(type: string, payload: Payload): void {
    const { world, instance } = this.plugin
    show(world, instance, this.conversation, { type, payload, from: 'bot' })
  }

  /** Writes earlier messages into the conversation. They are not processed. */
  public seedHistory(past: PastMessage[]): void {
    const { world, instance } = this.plugin
    const others = new Map<string, User>()
    for (const { from, type, payload } of past) {
      if (from === 'bot') {
        this.botSays(type, payload)
        continue
      }
      const author = from === 'me' ? this.user : this.other(others, from)
      storeFromEndUser(world, instance, this.conversation, author.id, type, payload)
    }
  }

  /** Everything that this end user sees, in order. */
  public chat(): ChatLine[] {
    return this.plugin.instance.upstream
      .messagesOf(this.conversation.id)
      .sort((a, b) => a.seq - b.seq)
      .map((message) => toChatLine(message, this.nameOf(message)))
  }

  private nameOf(message: Message): string {
    if (message.direction === 'outgoing') return authorOf(message)
    if (message.userId === this.user.id) return 'me'
    return this.plugin.instance.upstream.users.get(message.userId)?.name ?? 'somebody'
  }

  private other(others: Map<string, User>, person: { name?: string; email?: string }): User {
    const key = `${person.name ?? ''} ${person.email ?? ''}`
    const known = others.get(key)
    if (known) return known
    const user = createUpstreamUser(this.plugin.world, this.plugin.instance, person)
    others.set(key, user)
    return user
  }

  private async inLane<T>(task: () => Promise<T>): Promise<T> {
    let outcome: Promise<T> | undefined
    await inUpstreamLane(this.plugin, this.conversation, async () => {
      outcome = task()
      await outcome
    })
    return outcome as Promise<T>
  }
}

const titled = (title: string | undefined): Payload => (title === undefined ? {} : { title })
