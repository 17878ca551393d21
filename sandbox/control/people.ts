import type { EndUser } from '../botpress'
import type { System } from '../start-sandbox'
import { ControlError } from './errors'
import { greet } from './kettle-bot'
import type { PersonView } from './views'

export type Person = { id: string; name: string; email: string; endUser: EndUser }
export type NewPerson = { name: string; email: string }

/** The end users that clients have made. */
export class People {
  private readonly people = new Map<string, Person>()

  public constructor(private readonly system: System) {}

  public add({ name, email }: NewPerson): Person {
    const person = { id: `person-${this.people.size + 1}`, name, email, endUser: this.newEndUser({ name, email }) }
    this.people.set(person.id, person)
    greet(person.endUser, name)
    return person
  }

  public get(id: string): Person {
    const person = this.people.get(id)
    if (!person) throw new ControlError(404, `There is no person ${id}`)
    return person
  }

  public views(): PersonView[] {
    return [...this.people.values()].map((person) => this.view(person))
  }

  private newEndUser(person: NewPerson): EndUser {
    return this.system.installation.endUser(person)
  }

  private view({ id, name, email, endUser }: Person): PersonView {
    const sessions = this.system.installation
      .conversations()
      .filter(({ pluginTags }) => pluginTags.upstream === endUser.conversationId)
    const chatId = sessions.at(-1)?.tags.livechatChatId
    const ids = [
      endUser.conversationId,
      endUser.session.userId,
      ...sessions.flatMap((session) => [session.id, ...Object.values(session.tags)]),
    ]
    return {
      id,
      name,
      email,
      session: endUser.session,
      ...(chatId === undefined ? {} : { chatId }),
      messages: endUser.chat(),
      ids: [...new Set(ids.filter((value) => value !== undefined && value.length >= MIN_ID_LENGTH))] as string[],
    }
  }
}

/** LiveChat's ids have ten characters. Shorter tags, such as a language or a count, are not ids. */
const MIN_ID_LENGTH = 8
