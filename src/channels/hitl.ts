import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { partsOf, type OutgoingPart } from '../content/to-agent/outgoing-parts'
import { customerOf } from '../customers/customer-store'
import { isThreadGone, LiveChatApiError } from '../livechat/errors'
import { bestEffort } from '../operation/best-effort'
import { budgets } from '../operation/budgets'
import { operation, type Host } from '../operation/operation'
import { withBudget, type Scope } from '../operation/scope'
import { catchUpAfterFailure } from '../session/catch-up/catch-up'
import { endUnnoticedSession } from '../session/catch-up/unnoticed-end'
import { notifyStopped } from '../session/end/end-session'
import { closeChoice, openChoiceOf } from '../session/relay/open-choice'
import type { Session } from '../session/session'
import { sessionOfMessage } from '../session/session-store'
import { inThreadTurn, threadOf } from '../session/thread'
import { answerChoice, type ChoiceAnswer } from './answer-choice'
import { sendParts, type Sending } from './send-parts'

type Sent = { props: bp.AnyMessageProps; parts: () => OutgoingPart[] }

/** Bot → LiveChat: what the end user, or the bot itself, says in a session. */
export const createHitlChannel = (host: Host): bp.IntegrationProps['channels']['hitl'] => {
  const send = <P extends bp.AnyMessageProps>(toParts: (props: P) => OutgoingPart[]): ((props: P) => Promise<void>) =>
    operation(
      host,
      {
        name: 'message_created',
        budgetMs: budgets.message.wholeMs,
        failure: 'A message was not delivered to LiveChat',
      },
      (scope, props: P) => deliver(scope, { props, parts: () => toParts(props) }),
    )
  return {
    messages: {
      text: send(({ payload }) => partsOf.text(payload)),
      image: send(({ payload }) => partsOf.image(payload)),
      audio: send(({ payload }) => partsOf.audio(payload)),
      video: send(({ payload }) => partsOf.video(payload)),
      file: send(({ payload }) => partsOf.file(payload)),
      bloc: send(({ payload }) => partsOf.bloc(payload)),
    },
  }
}

/**
 * In the order of arrival: a file takes longer than the words that were written after it. What follows a message runs
 * after its turn, so that the next words do not wait for it.
 */
const deliver = async (scope: Scope, sent: Sent): Promise<void> => {
  const turn = scope.key('send', sent.props.conversation.id)
  const inTime = () => withBudget(scope, budgets.message.sendingMs, (limited) => sendInTurn(limited, sent))
  const delivery = await scope.memory.inTurn(turn, inTime, scope.deadline.signal)
  if (delivery) await followUp(scope, delivery, sent.props)
}

type Delivery = {
  session: Session
  eventId: string | undefined
  /** The choices that no longer wait for an answer. */
  closedChoiceEventId: string | undefined
}

/** @returns `undefined` for a message that nobody waits for */
const sendInTurn = async (scope: Scope, { props, parts }: Sent): Promise<Delivery | undefined> => {
  const session = sessionOfMessage(scope, props.conversation)
  if (!session) throw new RuntimeError('A message was not delivered: its conversation is not a LiveChat session.')
  // The plugin names the end user in every message that it passes on; without a name the bot itself is speaking.
  const speaker = props.payload.userId === undefined ? 'bot' : 'customer'
  try {
    // LiveChat sends to whichever thread of the chat is open: after an end that may be another session's.
    if (session.ended) throw new LiveChatApiError('send_event', 'chat_inactive', 0)
    const api = await customerOf(scope, session)
    const sending: Sending = { scope, session, api, speaker }
    const answer = await answerIfOpen(sending, props)
    const eventId = answer?.eventId ?? (await sendParts(sending, parts(), props.message.id))
    const closedChoiceEventId = answer?.isOpen === false ? openChoiceOf(props.conversation) : undefined
    return { session, eventId, closedChoiceEventId }
  } catch (error) {
    if (!isThreadGone(error)) throw error
    // The plugin says farewell into chats that the agent has closed: nobody waits for that message.
    if (speaker === 'bot') {
      scope.log.info('farewell_after_end', { conversationId: session.conversationId })
      return undefined
    }
    await repeatEnd(scope, session)
    throw error
  }
}

/** The message has arrived, whatever happens from here on: no error and no delay of these steps may say otherwise. */
const followUp = async (
  scope: Scope,
  { session, eventId, closedChoiceEventId }: Delivery,
  props: bp.AnyMessageProps,
): Promise<void> => {
  const budgetMs = budgets.message.followUpMs
  if (closedChoiceEventId !== undefined)
    await bestEffort(scope, { budgetMs, code: 'choice_not_closed' }, (limited) =>
      closeChoice(limited, session, closedChoiceEventId),
    )
  if (eventId !== undefined)
    await bestEffort(scope, { budgetMs, code: 'message_not_acknowledged' }, () =>
      props.ack({ tags: { livechatEventId: eventId } }),
    )
  if (threadOf(scope, session).missedDelivery)
    await bestEffort(scope, { budgetMs, code: 'catch_up_failed' }, (limited) =>
      inThreadTurn(limited, session, () => catchUpAfterFailure(limited, session)),
    )
}

/** A message shows that the plugin knows of no end: it is notified, even if it has been before. */
const repeatEnd = (scope: Scope, session: Session): Promise<void> =>
  session.ended ? notifyStopped(scope, session, scope.runtime.nowMs()) : endUnnoticedSession(scope, session)

/** What the end user writes may pick one of the choices that an agent has shown. */
const answerIfOpen = async (sending: Sending, props: bp.AnyMessageProps): Promise<ChoiceAnswer | undefined> => {
  const openEventId = openChoiceOf(props.conversation)
  if (openEventId === undefined || sending.speaker === 'bot' || props.type !== 'text') return undefined
  return answerChoice(sending, openEventId, props.payload.text, props.message.id)
}
