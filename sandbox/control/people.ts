import type { EndUser } from '../botpress'
import type { LedgerEntry } from '../ledger'
import type { System } from '../start-sandbox'
import { ControlError } from './errors'
import { greet } from './kettle-bot'
import type { MessageView, PersonView } from './views'

/** A message that a person sent, and what became of it. */
type Sent = { cause: number; delivery: MessageView['delivery'] }
export type Person = { id: string; name: string; email: string; endUser: EndUser; sent: Sent[] }
export type NewPerson = { name: string; email: string }

/** Tags of a session that name it or its end user. The others name agents, times and languages. */
const IDENTIFYING_TAGS = ['livechatChatId', 'livechatThreadId', 'livechatCustomerId', 'botpressUserId']
const ID = /[\w-]{8,}/g

/** The end users that clients have made. */
export class People {
  private readonly people = new Map<string, Person>()
  private known: { version: string; byId: ReadonlyMap<string, string> } = { version: '', byId: new Map() }

  public constructor(private readonly system: System) {}

  public add({ name, email }: NewPerson): Person {
    const endUser = this.system.installation.endUser({ name, email })
    const person = { id: `person-${this.people.size + 1}`, name, email, endUser, sent: [] }
    this.people.set(person.id, person)
    greet(endUser, name)
    return person
  }

  public get(id: string): Person {
    const person = this.people.get(id)
    if (!person) throw new ControlError(404, `There is no person ${id}`)
    return person
  }

  /** Sends a message of this person. Resolves when it is stored, not when it has arrived. */
  public async say(person: Person, cause: number, type: string, payload: Record<string, unknown>): Promise<void> {
    // The bot has it at once. An agent has it when the integration says so.
    const { active } = person.endUser.session
    person.sent.push({ cause, delivery: active ? 'pending' : undefined })
    await person.endUser.send(type, payload)
  }

  /** Somebody else writes in the same conversation, as in a group. During a session, the plugin passes it on. */
  public async somebodyElseSays({ endUser }: Person, name: string, text: string): Promise<void> {
    const { installation } = this.system
    const email = `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '.')}@example.com`
    endUser.seedHistory([{ from: { name, email }, type: 'text', payload: { text } }])
    const { active, conversationId } = endUser.session
    if (!active || conversationId === undefined) return
    const { userId } = await installation.runAction('createUser', { name, email })
    await installation.botSends(conversationId, 'text', { text, userId })
  }

  /** Notices in the ledger what became of messages. */
  public observe({ kind, name, status = 0, cause }: LedgerEntry): void {
    const sent = cause === undefined ? undefined : this.sentBy(cause)
    if (!sent) return
    const isOperation = kind === 'delivery' && /^operation\/(message_created|action_triggered)$/.test(name)
    if (isOperation) sent.delivery = status === 200 ? undefined : 'failed'
    if (kind === 'effect' && name === 'message_shown') sent.delivery = undefined
  }

  public views(): PersonView[] {
    return [...this.people.values()].map((person) => this.view(person))
  }

  /** The person whose chat this is. */
  public ofChat(chatId: string): Person | undefined {
    const upstream = this.system.installation.conversations().find(({ tags }) => tags.livechatChatId === chatId)
      ?.pluginTags.upstream
    return [...this.people.values()].find(({ endUser }) => endUser.conversationId === upstream)
  }

  /** The person whom an entry of unknown cause concerns, by the ids in it. */
  public namedIn(entry: LedgerEntry): string | undefined {
    const index = this.index()
    return idsIn(entry)
      .map((id) => index.get(id))
      .find((person) => person !== undefined)
  }

  /** Person by id. It is made anew only when there may be new ids. */
  private index(): ReadonlyMap<string, string> {
    const version = `${this.people.size} ${this.system.installation.conversations().length} ${this.linkedCount()}`
    if (version !== this.known.version) {
      const entries = [...this.people.values()].flatMap((person) =>
        this.idsOf(person).map((id) => [id, person.id] as const),
      )
      this.known = { version, byId: new Map(entries) }
    }
    return this.known.byId
  }

  private linkedCount(): number {
    const { installation } = this.system
    return installation.conversations().filter(({ tags }) => tags.livechatThreadId !== undefined).length
  }

  private sentBy(cause: number): Sent | undefined {
    for (const { sent } of this.people.values()) {
      const found = sent.find((candidate) => candidate.cause === cause)
      if (found) return found
    }
    return undefined
  }

  private sessionsOf({ endUser }: Person) {
    return this.system.installation
      .conversations()
      .filter(({ pluginTags }) => pluginTags.upstream === endUser.conversationId)
  }

  private idsOf(person: Person): string[] {
    const { endUser } = person
    const ids = [
      endUser.conversationId,
      endUser.session.userId,
      ...this.sessionsOf(person).flatMap(({ id, tags }) => [id, ...IDENTIFYING_TAGS.map((name) => tags[name])]),
    ]
    return [...new Set(ids.filter((id) => id !== undefined))]
  }

  private view(person: Person): PersonView {
    const { id, name, email, endUser } = person
    const session = this.sessionsOf(person).at(-1)
    const chatId = session?.tags.livechatChatId
    const agent = this.system.installation.users().find((user) => user.id === session?.pluginTags.humanAgentId)
    return {
      id,
      name,
      email,
      session: { ...endUser.session, ...(agent?.pictureUrl ? { agentPictureUrl: agent.pictureUrl } : {}) },
      ...(chatId === undefined ? {} : { chatId }),
      messages: this.messagesOf(person),
      ids: this.idsOf(person),
    }
  }

  private messagesOf({ endUser, sent }: Person): MessageView[] {
    const deliveries = sent.values()
    return endUser.chat().map(({ from, type, payload, atMs }) => {
      const delivery = from === 'me' ? deliveries.next().value?.delivery : undefined
      return { from, type, payload, atMs, ...(delivery === undefined ? {} : { delivery }) }
    })
  }
}

// Entries never change, and some of them are long.
const found = new WeakMap<LedgerEntry, string[]>()

/** Everything in an entry that may be an id. */
const idsIn = (entry: LedgerEntry): string[] => {
  const { detail, exchange } = entry
  const ids = found.get(entry) ?? [
    ...new Set(JSON.stringify([detail, exchange?.request, exchange?.response]).match(ID)),
  ]
  found.set(entry, ids)
  return ids
}
