/** A text of an end user. Its token is unique in the world. */
export type Said = { token: string; person: number; atMs: number; isQuestion: boolean }

/** A text of an agent. Each edit gives it a further version. */
export type Wrote = {
  token: string
  versions: number
  agentId: string
  agentName: string
  person: number
  chatId: string
  threadId: string
  eventId: string
  atMs: number
  isPrivate: boolean
  isDeleted: boolean
}

/** What people truly did, as the judge knows it. The tokens stand in the texts. */
export class Deeds {
  public readonly said: Said[] = []
  public readonly wrote: Wrote[] = []
  /** Threads that an agent opened by writing into a closed chat. */
  public readonly reopened = new Set<string>()
  /** The chat that an end user's last question came to. Known as soon as LiveChat has it. */
  public readonly chatOf = new Map<number, string>()
  private lastToken = 0

  /** Takes note of an event in LiveChat: the first one of a session quotes the end user's question. */
  public noteEvent({ chatId, text }: Record<string, unknown>): void {
    if (typeof chatId !== 'string' || typeof text !== 'string') return
    const token = /\bu\d+(?= agent please)/.exec(text)?.[0]
    const question = token === undefined ? undefined : this.said.find((said) => said.token === token)
    if (question) this.chatOf.set(question.person, chatId)
  }

  public nextToken(letter: 'u' | 'a' | 'n' | 's'): string {
    this.lastToken += 1
    return `${letter}${this.lastToken}`
  }
}

/** The text of a version of what an agent wrote. */
export const agentText = (token: string, version: number): string => `${token}v${version} from the agent`
