import { correctionOf, fingerprint } from '../../content/to-end-user/correction'
import { ourText } from '../../content/to-end-user/end-user-texts'
import type { IncomingMessage } from '../../content/to-end-user/incoming-message'
import { repeatKeyedWrite } from '../../operation/failures/platform-errors'
import type { Scope } from '../../operation/scope'
import { tagValue } from '../../operation/tag-value'
import { messageKeys, say } from '../own-words'
import { afterAllOthers } from '../schedule'
import type { Session } from '../session'
import { createMessageOnce, noteMessageOf } from './create-message'

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
  const delivered = messages.find(({ direction }) => direction === 'incoming')
  if (delivered) noteMessageOf(scope, eventId, delivered.userId)
  return delivered
}

/**
 * Relays the present content of a changed event as a new message, because we cannot change the first message. Relays
 * each change once: a tag of the first message holds a digest of each content that the end user was shown, the last one
 * first. The key names the content and how often it was shown before. So two processes that see different
 * numbers of corrections still make one message of one content.
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
  const shown = delivered.tags['livechatRevision']?.match(/\b[0-9a-f]{16}\b/g) ?? [fingerprint(delivered)]
  if (shown[0] === now) return false
  const word = ourText('correction', session.language, scope.settings.texts)
  if (word !== undefined) {
    const correction = correctionOf(message, word)
    const timesShown = shown.filter((digest) => digest === now).length
    const key = messageKeys.correction(eventId, now, timesShown)
    // Another process may have scheduled the message itself.
    const circumstances = { happened: afterAllOthers(scope) }
    await createMessageOnce(scope, session, key, correction, () => delivered, circumstances)
  }
  // The tag is written last. If creating the message fails, the next attempt creates it. If writing the tag fails, the
  // next attempt finds the message by its key.
  const livechatRevision = [now, ...shown].slice(0, mostDigests).join(' ')
  await repeatKeyedWrite(() => scope.client.updateMessage({ id: delivered.id, tags: { livechatRevision } }))
  return true
}

/** As many as fit into a tag. */
const mostDigests = 28

/** Says once that a message that was relayed was removed: in our own voice, since the agent says nothing. */
export const sayDeletion = (scope: Scope, session: Session, eventId: string): Promise<void> => {
  const text = ourText('messageDeleted', session.language, scope.settings.texts)
  return say(scope, session, messageKeys.deletion(eventId), text)
}
