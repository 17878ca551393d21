/** What an end user said: a text, a file, or the label of a button. Its token is unique in the world. */
export type Said = {
  token: string
  person: number
  atMs: number
  isQuestion: boolean
  /** How many bytes the file has. */
  fileBytes?: number
  /** Stands at the end of a text that LiveChat takes in several pieces. */
  lastToken?: string
  /** The choices that were answered. */
  answers?: Wrote
  /** Only the number of the choice was written, so nothing else says which message it was. */
  isNumber?: true
  /** The name of somebody else in the channel who said this. */
  byOther?: string
}

/** What an agent wrote. Each edit gives it a further version. `labels`: those of its buttons, if it offers choices. */
export type Wrote = {
  token: string
  kind: 'text' | 'file' | 'choices'
  labels: string[]
  versions: number
  agentId: string
  agentName: string
  person: number
  chatId: string
  threadId: string
  eventId: string
  atMs: number
  isPrivate: boolean
  deletedAtMs: number | undefined
}

/** What the bot's own code wrote into a session. */
export type BotSaid = { token: string; person: number; conversationId: string; atMs: number }

/** A rating that the bot's flow passed on. The token stands in its comment. */
export type Rated = { token: string; conversationId: string; atMs: number; isAccepted: boolean }

/** An agent passed a chat to a colleague. */
export type Transferred = { threadId: string; toName: string; atMs: number }

/** What people truly did, as the judge knows it. The tokens stand in the texts. */
export class Deeds {
  public readonly said: Said[] = []
  public readonly wrote: Wrote[] = []
  public readonly botSaid: BotSaid[] = []
  public readonly rated: Rated[] = []
  public readonly transferred: Transferred[] = []
  /** Threads that an agent opened by writing into a closed chat. */
  public readonly reopened = new Set<string>()
  /** Chats whose customer LiveChat no longer knows, or has banned. */
  public readonly lost = new Set<string>()
  /** Chats of the license that have nothing to do with the bots. */
  public readonly foreignChats = new Set<string>()
  /** Answers of `checkAvailability` that contradict what the agents had set all the time. */
  public readonly wrongAvailability: string[] = []
  /** The chat that an end user's last question came to. Known as soon as LiveChat has it. */
  public readonly chatOf = new Map<number, string>()
  /** The Botpress user of whoever else writes in the channel of an end user. */
  public readonly friends = new Map<number, string>()
  /** When the settings were last saved, or the integration upgraded. */
  public configuredAtMs = 0
  /** Whose question began a thread. People with one address may have one chat, one after the other. */
  public readonly personOf = new Map<string, number>()
  private lastToken = 0

  /** Takes note of an event in LiveChat: the first one of a session quotes the end user's question. */
  public noteEvent({ chatId, threadId, text }: Record<string, unknown>): void {
    if (typeof chatId !== 'string' || typeof threadId !== 'string' || typeof text !== 'string') return
    const token = /\bu\d+(?= agent please)/.exec(text)?.[0]
    const question = token === undefined ? undefined : this.said.find((said) => said.token === token)
    if (!question) return
    this.chatOf.set(question.person, chatId)
    if (!this.personOf.has(threadId)) this.personOf.set(threadId, question.person)
  }

  /**
   * `u`: of an end user. `b`: of a bot. `a`: of an agent. `n`: a note. `k`: the label of a button. `r`: a rating. `z`: in a
   * foreign chat. `s`: a secret.
   */
  public nextToken(letter: 'u' | 'b' | 'a' | 'n' | 'k' | 'r' | 'z' | 's'): string {
    this.lastToken += 1
    return `${letter}${this.lastToken}`
  }
}

/** The text of a version of what an agent wrote. */
export const agentText = (token: string, version: number): string => `${token}v${version} from the agent`
