import type { Scope } from './scope'

type Thread = { livechatChatId: string; livechatThreadId: string }

/**
 * Deliveries and reads of one thread take turns, so that what an agent did first is told first. Work whose time is up, by
 * the scope's deadline, holds up nobody.
 */
export const inThreadTurn = <T>(
  scope: Scope,
  { livechatChatId, livechatThreadId }: Thread,
  work: () => Promise<T>,
): Promise<T> => scope.memory.inTurn(scope.key('turn', livechatChatId, livechatThreadId), work, scope.deadline.signal)
