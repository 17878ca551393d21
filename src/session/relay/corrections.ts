import { correctionOf, fingerprint } from '../../content/to-end-user/correction'
import { ourText } from '../../content/to-end-user/end-user-texts'
import type { IncomingMessage } from '../../content/to-end-user/incoming-message'
import { repeatKeyedWrite } from '../../operation/failures/platform-errors'
import type { Scope } from '../../operation/scope'
import { tagValue } from '../../operation/tag-value'
import { vendorNowMs } from '../../operation/vendor-time'
import { messageKeys, say } from '../own-words'
import type { Happened } from '../schedule'
import type { Session } from '../session'
import { createMessageOnce } from './create-message'

type Message = Awaited<ReturnType<Scope['client']['listMessages']>>['messages'][number]
/** A message that was created for an agent's event, as the conversation keeps it. */
export type DeliveredMessage = Pick<Message, 'id' | 'type' | 'payload' | 'userId' | 'tags'>

/** The message that was created for an event. `undefined` if there is none. */
export const findDelivered = async (
  scope: Scope,
  session: Session,
  eventId: string,
): Promise<DeliveredMessage | undefined> => {
  const { messages } = await scope.client.listMessages({
    conversationId: session.conversationId,
    tags: { livechatEventId: tagValue(eventId) },
  })
  // The end user's messages also have an event id in this tag.
  return messages.find(({ direction }) => direction === 'incoming')
}

/**
 * Relays the present content of a changed event as a new message, because we cannot change the first message. Relays
 * each change once: a tag of the first message holds the number of corrections and a digest of the last one.
 * @returns `false` if the end user has already seen this content
 */
export const sayCorrection = async (
  scope: Scope,
  session: Session,
  eventId: string,
  delivered: DeliveredMessage,
  message: IncomingMessage,
): Promise<boolean> => {
  const now = fingerprint(message)
  const [count = '0', last = fingerprint(delivered)] = delivered.tags['livechatRevision']?.split(' ') ?? []
  if (now === last) return false
  const revision = (Number(count) || 0) + 1
  const word = ourText('correction', session.language, scope.settings.texts)
  if (word !== undefined) {
    const correction = correctionOf(message, word)
    const key = messageKeys.correction(eventId, revision, now)
    const circumstances = { happened: afterItsMessage(scope) }
    await createMessageOnce(scope, session, key, correction, () => delivered, circumstances)
  }
  // The tag is written last. If creating the message fails, the next attempt creates it. If writing the tag fails, the
  // next attempt finds the message by its key.
  await repeatKeyedWrite(() =>
    scope.client.updateMessage({ id: delivered.id, tags: { livechatRevision: `${revision} ${now}` } }),
  )
  return true
}

/** Another process may have scheduled the message for the end of the drop window. Its correction must follow it. */
const afterItsMessage = (scope: Scope): Happened => ({ atMs: vendorNowMs(scope), place: Infinity })

/** Says once that a message that was relayed was removed: in our own voice, since the agent says nothing. */
export const sayDeletion = (scope: Scope, session: Session, eventId: string): Promise<void> => {
  const text = ourText('messageDeleted', session.language, scope.settings.texts)
  return say(scope, session, messageKeys.deletion(eventId), text)
}
