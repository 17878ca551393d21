import type { Holder } from './lifecycle'

/** One HITL session: a LiveChat thread and the Botpress conversation that stands for it. */
export type Session = {
  conversationId: string
  /** When the conversation came to be: the plugin's drop window is counted from here. */
  createdAtMs: number
  livechatChatId: string
  livechatThreadId: string
  livechatCustomerId: string
  botpressUserId: string
  /** Language of what we ourselves say to the end user, as the bot named it. */
  language: string | undefined
  /** Who has the session, as last told to the end user. */
  holder: Holder
  /** The place in the queue that the bot was last told, `none` for an unknown one. */
  queueTold: { place: string; atMs: number } | undefined
  /** Digest of the rating that the bot was last told. */
  ratingTold: string | undefined
  /** The event that was last deleted before its message arrived. */
  deletedEarly: string | undefined
  /** The timeline has told of the first answer. Only kept when there is a timeline. */
  hasAnswer: boolean
  hasEnded: boolean
  /** When the above was read: who was announced last may have changed since, in another worker. */
  readAtMs: number
}

type ConversationLike = { id: string; createdAt: string; tags: Record<string, string | undefined> }

/** The session of a conversation, or `undefined` for a conversation that is not one of ours. */
export const toSession = ({ id, createdAt, tags }: ConversationLike, readAtMs: number): Session | undefined => {
  const { livechatChatId, livechatThreadId, livechatCustomerId, botpressUserId } = tags
  if (!livechatChatId || !livechatThreadId || !livechatCustomerId || !botpressUserId) return undefined
  return {
    conversationId: id,
    createdAtMs: Date.parse(createdAt),
    livechatChatId,
    livechatThreadId,
    livechatCustomerId,
    botpressUserId,
    language: tags['language'],
    holder: readHolder(tags['assignedAgentUserId']),
    queueTold: readQueueTold(tags['queueTold']),
    ratingTold: tags['ratingTold'] || undefined,
    deletedEarly: tags['deletedEarly'] || undefined,
    hasAnswer: Boolean(tags['answered']),
    hasEnded: Boolean(tags['ended']),
    readAtMs,
  }
}

// `queue` and `left` are no ids of users, which begin with `user_`.
const readHolder = (tag: string | undefined): Holder => {
  if (!tag) return { kind: 'nobody' }
  if (tag === 'queue') return { kind: 'queue' }
  const [left, userId] = tag.split(' ')
  return left === 'left' && userId ? { kind: 'left', userId } : { kind: 'agent', userId: tag }
}

/** The value of tag `assignedAgentUserId`. */
export const holderTag = (holder: Holder): string => {
  if (holder.kind === 'agent') return holder.userId
  if (holder.kind === 'left') return `left ${holder.userId}`
  return holder.kind === 'nobody' ? '' : holder.kind
}

const readQueueTold = (tag: string | undefined): Session['queueTold'] => {
  const [place, at] = (tag ?? '').split(' ')
  return place ? { place, atMs: Number(at) } : undefined
}

/** The value of tag `queueTold`. */
export const queueToldTag = ({ place, atMs }: { place: string; atMs: number }): string => `${place} ${atMs}`

/** Why and when a session ended, as its conversation keeps it. */
export const readEnded = (tag: string | undefined): { reason: string; atMs: number } | undefined => {
  const [reason, at] = (tag ?? '').split(' ')
  return reason ? { reason, atMs: Number(at) } : undefined
}

/** The value of tag `ended`. */
export const endedTag = ({ reason, atMs }: { reason: string; atMs: number }): string => `${reason} ${atMs}`
