import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { partsOf, type OutgoingPart } from '../content/to-agent/outgoing-parts'
import { customerOf } from '../customers/customer-store'
import { isThreadGone, LiveChatApiError } from '../livechat/errors'
import { bestEffort } from '../operation/best-effort'
import { budgets } from '../operation/budgets'
import { operation, type Host } from '../operation/operation'
import { withBudget, type Scope } from '../operation/scope'
import { tagValue } from '../operation/tag-value'
import { catchUpAfterFailure } from '../session/catch-up/catch-up'
import { endUnnoticedSession } from '../session/catch-up/unnoticed-end'
import { notifyStopped } from '../session/end/end-session'
import { closeChoice, openChoiceOf } from '../session/relay/open-choice'
import type { Session } from '../session/session'
import { sessionOfMessage } from '../session/session-store'
import { inThreadTurn, threadOf } from '../session/thread'
import { answerChoice, type ChoiceAnswer } from './answer-choice'
import { sendParts, type Sending } from './send-parts'
import { voiceOf } from './voice'

type Message = { props: bp.AnyMessageProps; toParts: (by: 'bot' | 'customer') => OutgoingPart[] }

/** Bot → LiveChat: sends what the end user, or the bot itself, writes in a session. */
export const createHitlChannel = (host: Host): bp.IntegrationProps['channels']['hitl'] => {
  const send = (type: keyof typeof partsOf): ((props: bp.AnyMessageProps) => Promise<void>) =>
    operation(
      host,
      {
        name: 'message_created',
        budgetMs: budgets.message.wholeMs,
        failure: 'A message was not delivered to LiveChat',
      },
      (scope, props: bp.AnyMessageProps) =>
        sendInOrder(scope, { props, toParts: (by) => partsOf[type](props.payload, by) }),
    )
  return {
    messages: {
      text: send('text'),
      image: send('image'),
      audio: send('audio'),
      video: send('video'),
      file: send('file'),
      bloc: send('bloc'),
    },
  }
}

/**
 * Sends the messages of a conversation in the order of their arrival. Without turns, a text would overtake a file,
 * because a file takes longer. The follow-up of a message runs after its turn, so that the next message does not wait
 * for the follow-up.
 */
const sendInOrder = async (scope: Scope, message: Message): Promise<void> => {
  const turn = scope.key('send', message.props.conversation.id)
  const inTime = () => withBudget(scope, budgets.message.sendingMs, (limited) => sendInTurn(limited, message))
  const sent = await scope.memory.inTurn(turn, inTime, scope.deadline.signal)
  if (sent) await followUp(scope, sent, message.props)
}

type SentMessage = {
  session: Session
  eventId: string | undefined
  /** The event of the choices that the message has closed. */
  closedChoiceEventId: string | undefined
}

/** @returns `undefined` for the bot's message after the end, which nobody waits for */
const sendInTurn = async (scope: Scope, { props, toParts }: Message): Promise<SentMessage | undefined> => {
  const session = sessionOfMessage(scope, props.conversation)
  if (!session) throw new RuntimeError('A message was not delivered: its conversation is not a LiveChat session.')
  // The plugin adds `userId` to every message of the end user. Without it, the bot itself is speaking.
  const author = props.payload.userId
  const speaker = typeof author === 'string' ? 'customer' : 'bot'
  try {
    // LiveChat adds the event to the open thread of the chat. After the end of this session, that may be the thread of
    // another session.
    if (session.ended) throw new LiveChatApiError('send_event', 'chat_inactive', 0)
    const [api, voice] = await Promise.all([customerOf(scope, session), voiceOf(scope, session, author)])
    const sending: Sending = { scope, session, api, speaker, voice }
    const answer = await answerIfOpen(sending, props)
    const eventId = answer?.eventId ?? (await sendParts(sending, toParts(speaker), props.message.id))
    const closedChoiceEventId = answer?.isOpen === false ? openChoiceOf(props.conversation) : undefined
    return { session, eventId, closedChoiceEventId }
  } catch (error) {
    if (!isThreadGone(error)) throw error
    // The plugin sends a farewell even if the agent has closed the thread. Nobody waits for that message.
    if (speaker === 'bot') {
      scope.log.info('bot_message_after_end', { conversationId: session.conversationId })
      return undefined
    }
    await repeatEnd(scope, session)
    throw error
  }
}

/** Runs the steps after a message was sent. None of them may fail or delay the message, since it has arrived. */
const followUp = async (
  scope: Scope,
  { session, eventId, closedChoiceEventId }: SentMessage,
  props: bp.AnyMessageProps,
): Promise<void> => {
  const budgetMs = budgets.message.followUpMs
  if (closedChoiceEventId !== undefined)
    await bestEffort(scope, { budgetMs, code: 'choices_still_open' }, (limited) =>
      closeChoice(limited, session, closedChoiceEventId),
    )
  if (eventId !== undefined)
    await bestEffort(scope, { budgetMs, code: 'message_not_acknowledged' }, () =>
      props.ack({ tags: { livechatEventId: tagValue(eventId) } }),
    )
  if (threadOf(scope, session).missedDelivery)
    await bestEffort(scope, { budgetMs, code: 'catch_up_failed' }, (limited) =>
      inThreadTurn(limited, session, () => catchUpAfterFailure(limited, session)),
    )
}

/**
 * A message after the end shows that the plugin missed the end. So we notify the plugin, even if we have notified it
 * before.
 */
const repeatEnd = (scope: Scope, session: Session): Promise<void> =>
  session.ended ? notifyStopped(scope, session, scope.runtime.nowMs()) : endUnnoticedSession(scope, session)

/** Sends the end user's text as an answer if it picks one of the choices that an agent has shown. */
const answerIfOpen = async (sending: Sending, props: bp.AnyMessageProps): Promise<ChoiceAnswer | undefined> => {
  const openEventId = openChoiceOf(props.conversation)
  if (openEventId === undefined || sending.speaker === 'bot' || props.type !== 'text') return undefined
  return answerChoice(sending, openEventId, props.payload.text, props.message.id)
}
