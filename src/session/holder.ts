/**
 * Who has a session, as last announced to the end user, and what we must do after LiveChat's next news. Pure: the same
 * holder and news always give the same step. Each change of agent is announced once, whichever news brings it first.
 */

/**
 * `nobody`: no agent yet. `agent`: announced to the end user. `left`: the announced agent left, and who is next is not
 * known. `queue`: after `afterUserId` had the session, it waits, and the end user was told so.
 */
export type Holder =
  | { kind: 'nobody' }
  | { kind: 'agent'; userId: string }
  | { kind: 'left'; userId: string }
  | { kind: 'queue'; afterUserId: string }

export type News =
  /**
   * LiveChat names the agent who has the session. This comes from a transfer, or from a read in which the announced
   * agent is no longer present.
   */
  | { kind: 'agentHasIt'; userId: string }
  /** An agent joined. Others may be present. */
  | { kind: 'agentJoined'; userId: string }
  /**
   * An agent's message was relayed. If no agent was announced yet, the plugin itself announces the author of the
   * message.
   */
  | { kind: 'agentSpoke'; userId: string }
  /** An agent left. This news does not say who has the session next. */
  | { kind: 'agentLeft'; userId: string }
  /** LiveChat says that the session waits. */
  | { kind: 'backInQueue' }

/** `announce`: the agent to announce. `sayWaiting`: say to the end user that they wait again. */
export type Step = { holder: Holder; announce?: string; sayWaiting?: true }

export const advance = (holder: Holder, news: News): Step => {
  switch (news.kind) {
    case 'agentHasIt':
      return takenBy(holder, news.userId)
    case 'agentJoined':
      // If an agent is announced already, the new one is a helper. We do not announce helpers.
      return holder.kind === 'agent' ? { holder } : takenBy(holder, news.userId)
    case 'agentSpoke':
      if (holder.kind === 'nobody') return { holder: agent(news.userId) }
      // The agent may have written this before leaving.
      return holder.kind === 'agent' || isLastAgent(holder, news.userId) ? { holder } : takenBy(holder, news.userId)
    case 'agentLeft':
      return { holder: isLastAgent(holder, news.userId) ? { kind: 'left', userId: news.userId } : holder }
    case 'backInQueue':
      return holder.kind === 'agent' || holder.kind === 'left'
        ? { holder: { kind: 'queue', afterUserId: holder.userId }, sayWaiting: true }
        : { holder }
  }
}

const agent = (userId: string): Holder => ({ kind: 'agent', userId })
const isLastAgent = (holder: Holder, userId: string): boolean => lastAgentOf(holder) === userId

/**
 * If an agent leaves and comes back, we do not announce the agent again, because the end user was not told of either
 * change.
 */
const takenBy = (holder: Holder, userId: string): Step =>
  isLastAgent(holder, userId) ? { holder: agent(userId) } : { holder: agent(userId), announce: userId }

export const isSameHolder = (a: Holder, b: Holder): boolean => a.kind === b.kind && lastAgentOf(a) === lastAgentOf(b)

/** The Botpress user of the agent who has the session, or had it until they left. */
export const lastAgentOf = (holder: Holder): string | undefined => ('userId' in holder ? holder.userId : undefined)
