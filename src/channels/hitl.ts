import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { partsOf, type OutgoingPart } from '../content/to-agent/outgoing-parts'
import { customerOf } from '../customers/customer-store'
import { isThreadGone } from '../livechat/errors'
import { bestEffort } from '../operation/best-effort'
import { budgets } from '../operation/budgets'
import { operation, type Host } from '../operation/operation'
import { withBudget, type Scope } from '../operation/scope'
import { tagValue } from '../operation/tag-value'
import { vendorNowMs } from '../operation/vendor-time'
import { endUnnoticedSession } from '../session/after-end/unnoticed-end'
import { beginFirstRead, catchUpAfterFailure, type FirstRead } from '../session/catch-up/catch-up'
import { notifyStopped } from '../session/end/end-session'
import { closeChoice, openChoiceOf } from '../session/relay/open-choice'
import { stopAtMs } from '../session/schedule'
import type { Session } from '../session/session'
import { sessionOfMessage } from '../session/session-store'
import { inThreadTurn, threadOf } from '../session/thread'
import { answerChoice, type ChoiceAnswer } from './answer-choice'
import { newAttempt, outcomeOf, watched, type Attempt, type Outcome } from './attempt'
import { noteHandOver, noteSent, nothingLanded, readLanded } from './handed-over-again'
import { requireOpen, sendParts, type Sending } from './send-parts'
import { tellUndelivered, wasToldUndelivered } from './tell-undelivered'
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
  const attempt = newAttempt()
  // Runs beside the sending, and within the time of the whole operation.
  const reading: { first?: FirstRead | undefined } = {}
  const read = (session: Session): void => {
    reading.first ??= beginFirstRead(scope, session)
  }
  const inTime = (waited: Scope) =>
    withBudget(waited, budgets.message.sendingMs, (limited) => sendInTurn(limited, message, attempt, read))
  const leave = scope.memory.sends.enter()
  let sent: SentMessage | undefined
  try {
    if (!leave) throw new RuntimeError(tooMany)
    sent = await withBudget(scope, budgets.message.untilSentMs, (limited) =>
      scope.memory.inTurn(turn, () => inTime(limited), limited.deadline.signal),
    )
  } catch (error) {
    reading.first?.drop()
    await tellEndUser(scope, message.props, outcomeOf(attempt, error))
    throw error
  } finally {
    leave?.()
  }
  if (sent) await followUp(scope, sent, message.props, reading.first)
  else reading.first?.drop()
}

const tooMany =
  'A message was not delivered to LiveChat: too many messages wait to be sent. LiveChat is slow or cannot be reached at the moment. See status.livechat.com. The end user has to send the message again.'

/** Tells the end user that their message failed. If the bot's own words fail, nobody misses them. */
const tellEndUser = async (scope: Scope, props: bp.AnyMessageProps, outcome: Outcome): Promise<void> => {
  const session = sessionOfMessage(scope, props.conversation)
  if (session && speakerOf(props) === 'customer') await tellUndelivered(scope, session, props.message.id, outcome)
}

/** The plugin adds `userId` to every message of the end user. Without it, the bot itself is speaking. */
const speakerOf = ({ payload }: bp.AnyMessageProps): Sending['speaker'] =>
  typeof payload.userId === 'string' ? 'customer' : 'bot'

type SentMessage = {
  session: Session
  eventId: string | undefined
  /** The event whose choices the message has closed. */
  closedChoiceEventId: string | undefined
}

/**
 * @returns `undefined` if there is nothing to follow up: the message was sent before, or it is the bot's message after
 *   the end, which nobody waits for
 */
const sendInTurn = async (
  scope: Scope,
  { props, toParts }: Message,
  attempt: Attempt,
  read: (session: Session) => void,
): Promise<SentMessage | undefined> => {
  const handOver = noteHandOver(scope, props.message)
  if (handOver === 'sent') {
    scope.log.info('message_was_sent_before', { messageId: props.message.id })
    return undefined
  }
  const speaker = speakerOf(props)
  const session = sessionOfMessage(scope, props.conversation)
  if (!session) return refuseUnknown(scope, props)
  if (wasToldUndelivered(scope, props.message.id))
    throw new RuntimeError('A message was not delivered. The end user was told so, so it is not sent again.')
  try {
    requireOpen(scope, session)
    attempt.mayHaveLanded = handOver === 'perhaps'
    const landed = handOver === 'new' ? nothingLanded : await readLanded(scope, session, props.message.id)
    attempt.mayHaveLanded = landed.size > 0
    const [api, voice] = await Promise.all([customerOf(scope, session), voiceOf(scope, session, props.payload.userId)])
    read(session)
    const sending: Sending = { scope, session, api: watched(api, attempt), speaker, voice, landed }
    const answer = await answerIfOpen(sending, props)
    const eventId = answer?.eventId ?? (await sendParts(sending, toParts(speaker), props.message.id))
    noteSent(scope, props.message)
    const closedChoiceEventId = answer?.isOpen === false ? openChoiceOf(props.conversation) : undefined
    return { session, eventId, closedChoiceEventId }
  } catch (error) {
    if (!isThreadGone(error)) throw error
    threadOf(scope, session).isGone = true
    // The plugin sends a farewell even if the agent has closed the thread. Nobody waits for that message.
    if (speaker === 'bot') {
      scope.log.info('bot_message_after_end', { conversationId: session.conversationId })
      return undefined
    }
    // The plugin must pass this on before we notify it of the end.
    await tellUndelivered(scope, session, props.message.id, outcomeOf(attempt, error))
    await repeatEnd(scope, session)
    throw error
  }
}

/**
 * The conversation is no session of ours: an earlier integration of the same name, or the bot, has made it. The end
 * user must not stay in it, so the plugin gives them back to the bot.
 */
const refuseUnknown = async (scope: Scope, props: bp.AnyMessageProps): Promise<never> => {
  if (speakerOf(props) === 'customer')
    await notifyStopped(scope, { conversationId: props.conversation.id }, vendorNowMs(scope))
  throw new RuntimeError('A message was not delivered: its conversation is not a LiveChat session.')
}

/** Runs the steps after a message was sent. None of them may fail or delay the message, since it has arrived. */
const followUp = async (
  scope: Scope,
  { session, eventId, closedChoiceEventId }: SentMessage,
  props: bp.AnyMessageProps,
  firstRead: FirstRead | undefined,
): Promise<void> => {
  const budgetMs = budgets.message.followUpMs
  if (closedChoiceEventId !== undefined)
    await bestEffort(scope, { budgetMs, code: 'choices_still_open' }, (limited) =>
      closeChoice(limited, session, closedChoiceEventId),
    )
  const acknowledge = async (): Promise<void> => {
    if (eventId === undefined) return
    await bestEffort(scope, { budgetMs, code: 'message_not_acknowledged' }, () =>
      props.ack({ tags: { livechatEventId: tagValue(eventId) } }),
    )
  }
  const catchUp = async (): Promise<void> => {
    if (!firstRead && !threadOf(scope, session).missedDelivery) return
    const isDone = await bestEffort(scope, { budgetMs, code: 'catch_up_failed' }, (limited) =>
      inThreadTurn(limited, session, async () => {
        await catchUpAfterFailure(limited, session)
        await firstRead?.apply(limited)
        return true
      }),
    )
    // The turn may not have come in time.
    if (!isDone) firstRead?.drop()
  }
  await Promise.all([acknowledge(), catchUp()])
}

/**
 * A message after the end shows that the plugin missed the end. So we notify the plugin, even if we have notified it
 * before.
 */
const repeatEnd = (scope: Scope, session: Session): Promise<void> =>
  session.ended ? notifyStopped(scope, session, stopAtMs(scope, session)) : endUnnoticedSession(scope, session)

/** Sends the end user's text as an answer if it picks one of the choices that an agent has shown. */
const answerIfOpen = async (sending: Sending, props: bp.AnyMessageProps): Promise<ChoiceAnswer | undefined> => {
  const openEventId = openChoiceOf(props.conversation)
  if (openEventId === undefined || sending.speaker === 'bot' || props.type !== 'text') return undefined
  if (sending.landed.size > 0) return undefined
  return answerChoice(sending, openEventId, props.payload.text, props.message.id)
}
