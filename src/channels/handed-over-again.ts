import { customerOf } from '../customers/customer-store'
import type { Scope } from '../operation/scope'
import { vendorNowMs } from '../operation/vendor-time'
import type { Session } from '../session/session'
import { declareCache } from '../shared/cache'

/**
 * Botpress may hand over a message again, for example after a process was killed. LiveChat has no deduplication of its
 * own, so the agent would read the message twice.
 */

type Message = { id: string; createdAt: string; tags: Record<string, string | undefined> }

/** Messages that this process has begun to send. `isSent`: all of their events are in LiveChat. */
const begun = declareCache<{ isSent: boolean }>(5_000)
const keyOf = (scope: Scope, { id }: Pick<Message, 'id'>): string => scope.key('message', id)

/** Botpress hands over a new message within this time, unless earlier messages hold it up. */
const newForMs = 5_000

/** `sent`: the agent has the message. `perhaps`: it may have been handed over before. `new`: most probably not. */
export type HandOver = 'sent' | 'perhaps' | 'new'

/** Notes that the sending of a message begins. @returns what is known of earlier attempts */
export const noteHandOver = (scope: Scope, message: Message): HandOver => {
  const cache = begun(scope.memory)
  const known = cache.get(keyOf(scope, message))
  cache.set(keyOf(scope, message), known ?? { isSent: false })
  // The acknowledgement, which comes last, writes this tag.
  if (known?.isSent || message.tags['livechatEventId']) return 'sent'
  const isOld = vendorNowMs(scope) - Date.parse(message.createdAt) > newForMs
  return known || isOld ? 'perhaps' : 'new'
}

export const noteSent = (scope: Scope, message: Pick<Message, 'id'>): void => {
  begun(scope.memory).set(keyOf(scope, message), { isSent: true })
}

/** The parts of a message that LiveChat has: custom id → event id. */
export type Landed = ReadonlyMap<string, string>
export const nothingLanded: Landed = new Map()

/** Finds the parts of a message that an earlier attempt has sent. @throws LiveChatError, DeadlineExceededError */
export const readLanded = async (scope: Scope, session: Session, messageId: string): Promise<Landed> => {
  const api = await customerOf(scope, session)
  const { thread } = await api.getChat(session.livechatChatId, session.livechatThreadId)
  return new Map(
    thread.events.flatMap(({ id, custom_id }): [string, string][] =>
      custom_id?.startsWith(messageId) ? [[custom_id, id]] : [],
    ),
  )
}
