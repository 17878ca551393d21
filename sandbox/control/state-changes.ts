import type { ChatChange, ListChange, PersonChange, Snapshot, StateChange } from './views'

/** Finds what has changed from one state to the next, so that a page need not be told the rest again. */
export class StateChanges {
  private readonly parts = new Map<string, string>()
  private readonly lists = new Map<string, string[]>()

  /** The changes since the last call, or `undefined` if there are none. */
  public since({ people, chats, nowMs, ...parts }: Snapshot): StateChange | undefined {
    const changedPeople = people.flatMap((person): PersonChange[] => {
      const { messages, ...rest } = person
      const list = this.listChange(`messages of ${person.id}`, messages)
      return this.isNew(person.id, rest) || list.items.length > 0 ? [{ ...rest, messages: list }] : []
    })
    const changedChats = chats.flatMap((chat): ChatChange[] => {
      const { transcript, ...rest } = chat
      const list = this.listChange(`transcript of ${chat.chatId}`, transcript)
      return this.isNew(chat.chatId, rest) || list.items.length > 0 ? [{ ...rest, transcript: list }] : []
    })
    const changedParts = Object.entries(parts).filter(([name, part]) => this.isNew(name, part))
    if (changedPeople.length + changedChats.length + changedParts.length === 0) return undefined
    return {
      nowMs,
      ...Object.fromEntries(changedParts),
      ...(changedPeople.length > 0 ? { people: changedPeople } : {}),
      ...(changedChats.length > 0 ? { chats: changedChats } : {}),
    }
  }

  private isNew(name: string, part: unknown): boolean {
    const text = JSON.stringify(part)
    if (this.parts.get(name) === text) return false
    this.parts.set(name, text)
    return true
  }

  /** Lists only grow; entries in them may change. */
  private listChange<Item>(name: string, items: Item[]): ListChange<Item> {
    const before = this.lists.get(name) ?? []
    const texts = items.map((item) => JSON.stringify(item))
    this.lists.set(name, texts)
    const changed = texts.findIndex((text, index) => text !== before[index])
    const from = changed === -1 ? items.length : changed
    return { from, items: items.slice(from) }
  }
}
