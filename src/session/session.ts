import type * as bp from '../bp'
import { usualDropWindowMs } from './drop-window'
import { lastAgentOf, type Holder } from './holder'

export type EndReason = bp.Events['hitlSessionEnded']['reason']

/** `stopsAtMs`: when the plugin is notified. Until then it still takes messages. */
export type Ended = { reason: EndReason | 'startFailed'; atMs: number; stopsAtMs: number }
/**
 * What the bot's flows were last told about the queue. `place`: the place in the queue, or `none` if it is not known.
 */
export type QueueTold = { place: string; atMs: number }

/**
 * One session: a LiveChat thread and the Botpress conversation that stands for it. A process has one live object per
 * thread. If a look-up or a write changes the object, all code that uses it sees the change. Only `session-store.ts`
 * changes the object.
 */
export type Session = SessionIds & {
  readonly conversationId: string
  /** When the conversation was created: the plugin's drop window begins here. */
  readonly createdAtMs: number
  /** When Botpress last changed the conversation, as far as this process knows. */
  readonly updatedAtMs: number
  /** How long the plugin drops what we create, counted from the creation of the conversation. */
  dropWindowMs: number
  /** Language of our own texts to the end user, as the bot gave it. */
  readonly language: string | undefined
  /** Who has the session, as last announced to the end user. */
  readonly holder: Holder
  /** The start could not read the thread, and no process has done so since. */
  readonly isUnread: boolean
  /** When the first agent was announced. */
  readonly assignedAtMs: number | undefined
  /** How often the session went to another agent, or to any agent after a return to the queue. */
  readonly transfers: number
  /** What the bot's flows were last told about the queue. */
  readonly queueTold: QueueTold | undefined
  /** Digest of the rating that the bot's flows were last told. */
  readonly ratingTold: string | undefined
  /** The last event that was deleted before we relayed it. */
  readonly deletedEarly: string | undefined
  /** The closed thread could not be read, so the end waits for LiveChat's next delivery. It does so once. */
  readonly isEndDelayed: boolean
  readonly ended: Ended | undefined
  /** The bot has stopped the session, but its thread could not be closed. */
  readonly isLeftOpen: boolean
  /** When the bot stopped it, by the vendors' clocks. */
  readonly leftOpenAtMs: number | undefined
  /** The thread without a session of which the bot's flows were last told that an agent writes in it. */
  readonly returnTold: string | undefined
  /**
   * When this process last looked up the session or wrote its holder. Another process may have announced an agent
   * since.
   */
  readonly readAtMs: number
}

/** Whether an agent has, or has had, the session. */
export const hasHadAgent = ({ holder, assignedAtMs }: Pick<Session, 'holder' | 'assignedAtMs'>): boolean =>
  assignedAtMs !== undefined || lastAgentOf(holder) !== undefined

/**
 * Counts the announcements of a session from 0. It is the same in every process that knows which agent was announced
 * last, whether or not it knows that this agent has left.
 */
export const nextAnnouncement = (session: Pick<Session, 'holder' | 'assignedAtMs' | 'transfers'>): number =>
  hasHadAgent(session) ? session.transfers + 1 : 0

export type SessionIds = {
  readonly livechatChatId: string
  readonly livechatThreadId: string
  readonly livechatCustomerId: string
  readonly botpressUserId: string
}

/** What can change in a session. Some of these values are only in the tags. */
export type SessionChanges = Partial<
  Pick<
    Session,
    | 'dropWindowMs'
    | 'holder'
    | 'isUnread'
    | 'assignedAtMs'
    | 'transfers'
    | 'queueTold'
    | 'ratingTold'
    | 'deletedEarly'
    | 'isEndDelayed'
    | 'ended'
    | 'isLeftOpen'
    | 'leftOpenAtMs'
    | 'returnTold'
  >
> & {
  /** Event of the choices that wait for an answer; empty for none. */
  openChoiceEventId?: string
}

type ConversationLike = { id: string; createdAt: string; updatedAt: string; tags: Record<string, string | undefined> }

/** 0 for a text that is no time. */
export const timeOf = (text: string): number => Date.parse(text) || 0

/** The session of a conversation, from its tags. `undefined` if the conversation is not ours. */
export const toSession = (
  { id, createdAt, updatedAt, tags }: ConversationLike,
  readAtMs: number,
): Session | undefined => {
  const { livechatChatId, livechatThreadId, livechatCustomerId, botpressUserId } = tags
  if (!livechatChatId || !livechatThreadId || !livechatCustomerId || !botpressUserId) return undefined
  return {
    conversationId: id,
    // Without a time, no drop window is assumed.
    createdAtMs: timeOf(createdAt),
    updatedAtMs: timeOf(updatedAt),
    livechatChatId,
    livechatThreadId,
    livechatCustomerId,
    botpressUserId,
    dropWindowMs: numberOf(tags['dropWindowMs']) || usualDropWindowMs,
    language: tags['language'],
    holder: readHolder(tags['assignedAgentUserId'], tags['leftAgentUserId']),
    isUnread: Boolean(tags['unread']),
    assignedAtMs: numberOf(tags['assignedAt']) || undefined,
    transfers: numberOf(tags['transfers']),
    queueTold: readQueueTold(tags['queueTold']),
    ratingTold: tags['ratingTold'] || undefined,
    deletedEarly: tags['deletedEarly'] || undefined,
    isEndDelayed: Boolean(tags['endDelayed']),
    ended: readEnded(tags['ended']),
    isLeftOpen: Boolean(tags['leftOpen']),
    leftOpenAtMs: numberOf(tags['leftOpenAt']) || undefined,
    returnTold: tags['returnTold'] || undefined,
    readAtMs,
  }
}

/** The tags that record these changes. `before`: who had the session until now, as far as this process knows. */
export const tagsOf = (changes: SessionChanges, before?: Holder): Record<string, string> => ({
  ...(changes.holder && holderTags(changes.holder, before)),
  ...(changes.dropWindowMs !== undefined && { dropWindowMs: String(changes.dropWindowMs) }),
  ...(changes.isUnread !== undefined && { unread: changes.isUnread ? 'yes' : '' }),
  ...(changes.assignedAtMs !== undefined && { assignedAt: String(changes.assignedAtMs) }),
  ...(changes.transfers !== undefined && { transfers: String(changes.transfers) }),
  ...(changes.queueTold && { queueTold: `${changes.queueTold.place} ${changes.queueTold.atMs}` }),
  ...(changes.ratingTold !== undefined && { ratingTold: changes.ratingTold }),
  ...(changes.deletedEarly !== undefined && { deletedEarly: changes.deletedEarly }),
  ...(changes.isEndDelayed !== undefined && { endDelayed: changes.isEndDelayed ? 'yes' : '' }),
  ...(changes.ended && { ended: `${changes.ended.reason} ${changes.ended.atMs} ${changes.ended.stopsAtMs}` }),
  ...(changes.isLeftOpen !== undefined && { leftOpen: changes.isLeftOpen ? 'yes' : '' }),
  ...(changes.leftOpenAtMs !== undefined && { leftOpenAt: String(changes.leftOpenAtMs) }),
  ...(changes.returnTold !== undefined && { returnTold: changes.returnTold }),
  ...(changes.openChoiceEventId !== undefined && { openChoiceEventId: changes.openChoiceEventId }),
})

const readHolder = (assigned: string | undefined, left: string | undefined): Holder => {
  // A value that cannot be an id means that nobody has the session.
  if (!assigned || !/^[\w-]+$/.test(assigned)) return { kind: 'nobody' }
  if (left === inQueueAfter(assigned)) return { kind: 'queue', afterUserId: assigned }
  return { kind: left === assigned ? 'left' : 'agent', userId: assigned }
}

/**
 * Who left, or passed the session back to the queue, has a tag of its own. So if two processes record at the same moment
 * that one agent is gone, or is back, and the next one was announced, neither overwrites the other.
 */
const holderTags = (holder: Holder, before: Holder | undefined): Record<string, string> => {
  switch (holder.kind) {
    case 'agent':
      if (before?.kind === 'left' && before.userId === holder.userId) return { leftAgentUserId: '' }
      return { assignedAgentUserId: holder.userId, leftAgentUserId: '' }
    case 'left':
      return { leftAgentUserId: holder.userId }
    case 'queue':
      return { leftAgentUserId: inQueueAfter(holder.afterUserId) }
    case 'nobody':
      return { assignedAgentUserId: '' }
  }
}

const inQueueAfter = (userId: string): string => `${userId} queue`

const readQueueTold = (tag: string | undefined): QueueTold | undefined => {
  const [place, at] = (tag ?? '').split(' ')
  return place ? { place, atMs: numberOf(at) } : undefined
}

const reasons = {
  agent: true,
  endUserOrBot: true,
  inactivity: true,
  routing: true,
  banned: true,
  failure: true,
  startFailed: true,
} satisfies Record<Ended['reason'], true>
const isReason = (word: string | undefined): word is Ended['reason'] =>
  word !== undefined && Object.hasOwn(reasons, word)

/** Why and when a session ended, from the tag `ended`. `undefined` if it has not ended. */
export const readEnded = (tag: string | undefined): Ended | undefined => {
  if (!tag) return undefined
  const [word, at, stopsAt] = tag.split(' ')
  const atMs = numberOf(at)
  return { reason: isReason(word) ? word : 'failure', atMs, stopsAtMs: numberOf(stopsAt) || atMs }
}

/** A number in a tag. If it cannot be read, it counts as 0, which as a time is long ago. */
const numberOf = (text: string | undefined): number => {
  const number = Number(text ?? 0)
  return Number.isFinite(number) ? number : 0
}
