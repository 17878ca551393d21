/**
 * Who has a session, as last told to the end user, and what follows from what LiveChat says next. Pure: the same state
 * and news always give the same; whoever says it first, each change of agent is announced once.
 */

/**
 * `nobody`: no agent yet. `agent`: announced to the end user. `left`: the announced one, by id, left, and who is next is
 * not known. `queue`: the chat waits, and the end user was told so.
 */
export type Holder =
  { kind: 'nobody' } | { kind: 'agent'; userId: string } | { kind: 'left'; userId: string } | { kind: 'queue' }

export type News =
  /** LiveChat names the agent who has the chat: a transfer, or a read that shows only others than the one announced. */
  | { kind: 'agentHasIt'; userId: string }
  /** An agent joined; others may be there. */
  | { kind: 'agentJoined'; userId: string }
  /** An agent's message reached the end user: the plugin announces its author by itself if nobody was announced yet. */
  | { kind: 'agentSpoke'; userId: string }
  /** An agent left, which alone says nothing about who is next. */
  | { kind: 'agentLeft'; userId: string }
  /** LiveChat says that the chat waits. */
  | { kind: 'backInQueue' }

/** `announce`: the plugin is told, which tells the end user. `tellWaiting`: the end user is told that they wait again. */
export type Step = { holder: Holder; announce?: string; tellWaiting?: true }

export const advance = (holder: Holder, news: News): Step => {
  switch (news.kind) {
    case 'agentHasIt':
      return taken(holder, news.userId)
    case 'agentJoined':
      // Beside an announced agent it is a helper, whom nobody needs to hear of.
      return holder.kind === 'agent' ? { holder } : taken(holder, news.userId)
    case 'agentSpoke':
      if (holder.kind === 'nobody') return { holder: agent(news.userId) }
      // Who left may have said it before that.
      return holder.kind === 'agent' || isLast(holder, news.userId) ? { holder } : taken(holder, news.userId)
    case 'agentLeft':
      return { holder: isLast(holder, news.userId) ? { kind: 'left', userId: news.userId } : holder }
    case 'backInQueue':
      return holder.kind === 'agent' || holder.kind === 'left'
        ? { holder: { kind: 'queue' }, tellWaiting: true }
        : { holder }
  }
}

const agent = (userId: string): Holder => ({ kind: 'agent', userId })
const isLast = (holder: Holder, userId: string): boolean => lastAgentOf(holder) === userId

/** An agent who left and comes back is no news to an end user who heard of neither. */
const taken = (holder: Holder, userId: string): Step =>
  isLast(holder, userId) ? { holder: agent(userId) } : { holder: agent(userId), announce: userId }

export const isSameHolder = (a: Holder, b: Holder): boolean => a.kind === b.kind && lastAgentOf(a) === lastAgentOf(b)

/** The Botpress user of the agent who has the session, or had it until they left. */
export const lastAgentOf = (holder: Holder): string | undefined => ('userId' in holder ? holder.userId : undefined)
