import { correctionOf, fingerprint } from '../../content/to-end-user/correction'
import { ourText } from '../../content/to-end-user/end-user-texts'
import type { IncomingMessage } from '../../content/to-end-user/incoming-message'
import { repeatKeyedWrite } from '../../operation/platform-errors'
import type { Scope } from '../../operation/scope'
import { messageKeys } from '../own-words'
import type { Session } from '../session'
import { createMessageOnce } from './create-message'

type Message = Awaited<ReturnType<Scope['client']['listMessages']>>['messages'][number]
/** A message that an agent's event became, as the conversation keeps it. */
export type DeliveredMessage = Pick<Message, 'id' | 'type' | 'payload' | 'userId' | 'tags'>

/** What the end user was shown for an event, if anything. */
export const findDelivered = async (
  scope: Scope,
  session: Session,
  eventId: string,
): Promise<DeliveredMessage | undefined> => {
  const { messages } = await scope.client.listMessages({
    conversationId: session.conversationId,
    tags: { livechatEventId: eventId },
  })
  // The end user's own messages carry ids of events too.
  return messages.find(({ direction }) => direction === 'incoming')
}

/**
 * Tells the end user what an event says now, since a message that was sent cannot be changed. Once per change: the
 * original message keeps count, and a digest of what was told last.
 * @returns `false` when the end user has seen exactly that
 */
export const sayCorrection = async (
  scope: Scope,
  session: Session,
  eventId: string,
  shown: DeliveredMessage,
  message: IncomingMessage,
): Promise<boolean> => {
  const now = fingerprint(message)
  const [count = '0', last = fingerprint(shown)] = shown.tags['livechatRevision']?.split(' ') ?? []
  if (now === last) return false
  const revision = Number(count) + 1
  const word = ourText('correction', session.language, scope.settings.texts)
  if (word !== undefined) {
    const correction = correctionOf(message, word)
    await createMessageOnce(scope, session, messageKeys.correction(eventId, revision, now), correction, () => shown)
  }
  // Only now: a failure before would be told again, a failure here finds the message by its key.
  await repeatKeyedWrite(() =>
    scope.client.updateMessage({ id: shown.id, tags: { livechatRevision: `${revision} ${now}` } }),
  )
  return true
}

/** Tells the end user, once, that a message they have seen was taken back. */
export const sayDeletion = async (
  scope: Scope,
  session: Session,
  eventId: string,
  shown: DeliveredMessage,
): Promise<void> => {
  const text = ourText('messageDeleted', session.language, scope.settings.texts)
  if (text === undefined) return
  await createMessageOnce(
    scope,
    session,
    messageKeys.deletion(eventId),
    { type: 'text', payload: { text } },
    () => shown,
  )
}
