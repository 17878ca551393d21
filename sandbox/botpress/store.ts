import type { Conversation, Event, Message, State, StoredFile, User } from './objects'
import { Past } from './past'

/**
 * The objects of one side of one bot: of an installed integration, or of the end users' channel. Sides share nothing.
 */
export class Store {
  public readonly users = new Map<string, User>()
  public readonly conversations = new Map<string, Conversation>()
  public readonly messages = new Map<string, Message>()
  public readonly events = new Map<string, Event>()
  public readonly states = new Map<string, State>()
  public readonly files = new Map<string, StoredFile>()
  /** What these objects were before. */
  public readonly past = {
    users: new Past<User>(),
    conversations: new Past<Conversation>(),
    messages: new Past<Message>(),
    states: new Past<State>(),
  }

  public messagesOf(conversationId: string): Message[] {
    return [...this.messages.values()].filter((message) => message.conversationId === conversationId)
  }

  public deleteConversation(id: string): void {
    this.conversations.delete(id)
    for (const message of this.messagesOf(id)) this.messages.delete(message.id)
    this.deleteStatesOf(id)
  }

  public deleteUser(id: string): void {
    this.users.delete(id)
    for (const conversation of this.conversations.values()) {
      conversation.participantIds = conversation.participantIds.filter((participantId) => participantId !== id)
    }
    this.deleteStatesOf(id)
  }

  private deleteStatesOf(ownerId: string): void {
    for (const [key, state] of this.states) if (state.ownerId === ownerId) this.states.delete(key)
  }
}
