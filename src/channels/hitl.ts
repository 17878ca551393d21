import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { partsOf, type OutgoingPart } from '../content/outgoing-parts'
import { LiveChatApiError } from '../livechat/errors'
import { catchUpAfterFailure } from '../session/catch-up'
import { customerOf } from '../session/customers'
import { endLostSession } from '../session/end-lost'
import { emitStopped } from '../session/end-session'
import { toRuntimeError } from '../session/explain'
import type { Memory } from '../session/memory'
import { isSessionOver } from '../session/over'
import type { Report } from '../session/report'
import { createScope, withBudget, type Scope } from '../session/scope'
import { closeChoice, openChoiceOf } from '../session/open-choice'
import { toSession, type Session } from '../session/session'
import { inThreadTurn } from '../session/thread-turn'
import { withDeadline } from '../shared/deadline'
import type { Runtime } from '../shared/runtime'
import { answerChoice, type ChoiceAnswer } from './answer-choice'
import { sendParts, type Sending } from './send-parts'

const budgetMs = 30_000
/** For each of the steps after the delivery. */
const followUpBudgetMs = 4_000

/** Bot → LiveChat: what the end user, or the bot itself, says in a session. */
export const createHitlChannel = (
  runtime: Runtime,
  memory: Memory,
  report: Report,
): bp.IntegrationProps['channels']['hitl'] => {
  const send = async (props: bp.AnyMessageProps, toParts: () => OutgoingPart[]): Promise<void> => {
    try {
      // In the order of arrival: a file takes longer than the words that were written after it. The time of each counts
      // from its own turn.
      await memory.inTurn(turnOf(props), async () => {
        const delivery = await withDeadline(runtime, budgetMs, (deadline) =>
          deliver(createScope(props, runtime, memory, deadline), props, toParts()),
        )
        if (delivery) await followUp(delivery, props)
      })
    } catch (error) {
      await report('message_created', error, props.logger)
      throw toRuntimeError('A message was not delivered to LiveChat', error, props.logger)
    }
  }
  return {
    messages: {
      text: (props) => send(props, () => partsOf.text(props.payload)),
      image: (props) => send(props, () => partsOf.image(props.payload)),
      audio: (props) => send(props, () => partsOf.audio(props.payload)),
      video: (props) => send(props, () => partsOf.video(props.payload)),
      file: (props) => send(props, () => partsOf.file(props.payload)),
      bloc: (props) => send(props, () => partsOf.bloc(props.payload)),
    },
  }
}

const turnOf = ({ ctx, conversation }: bp.AnyMessageProps): string =>
  JSON.stringify(['send', ctx.botId, ctx.integrationId, conversation.id])

type Delivery = {
  scope: Scope
  session: Session
  eventId: string | undefined
  /** The choices that no longer wait for an answer. */
  closedChoiceEventId: string | undefined
}

/** @returns `undefined` for what nobody waits for */
const deliver = async (
  scope: Scope,
  props: bp.AnyMessageProps,
  parts: OutgoingPart[],
): Promise<Delivery | undefined> => {
  const session = toSession(props.conversation, scope.runtime.nowMs())
  if (!session) throw new RuntimeError('A message was not delivered: its conversation is not a LiveChat session.')
  // The plugin names the end user in every message it relays; without a name the bot itself is speaking.
  const speaker = props.payload.userId === undefined ? 'bot' : 'customer'
  try {
    // LiveChat sends to whichever thread of the chat is open: after an end that may be another session's.
    if (session.hasEnded) throw new LiveChatApiError('send_event', 'chat_inactive', 0)
    const api = await customerOf(scope, session)
    const sending: Sending = { scope, session, api, speaker }
    const answer = await answerIfOpen(sending, props)
    const eventId = answer?.eventId ?? (await sendParts(sending, parts, props.message.id))
    const closedChoiceEventId = answer?.isOpen === false ? openChoiceOf(props.conversation) : undefined
    return { scope, session, eventId, closedChoiceEventId }
  } catch (error) {
    if (!isSessionOver(error)) throw error
    // The plugin says farewell into chats that the agent has closed: nobody waits for that message.
    if (speaker === 'bot') {
      scope.log.info('farewell_after_end', { conversationId: session.conversationId })
      return undefined
    }
    await tellEnd(scope, session)
    throw error
  }
}

/** The message has arrived, whatever happens from here on: no error and no delay of these may say otherwise. */
const followUp = async (
  { scope, session, eventId, closedChoiceEventId }: Delivery,
  props: bp.AnyMessageProps,
): Promise<void> => {
  const attempt = async (failure: string, work: (limited: Scope) => Promise<void>): Promise<void> => {
    try {
      await withBudget(scope, followUpBudgetMs, work)
    } catch (error) {
      scope.log.warn(failure, { error: error instanceof Error ? error.name : 'unknown' })
    }
  }
  if (closedChoiceEventId !== undefined)
    await attempt('choice_not_closed', (limited) => closeChoice(limited, session, closedChoiceEventId))
  if (eventId !== undefined)
    await attempt('message_not_acknowledged', () => props.ack({ tags: { livechatEventId: eventId } }))
  await attempt('catch_up_failed', (limited) =>
    inThreadTurn(limited, session, () => catchUpAfterFailure(limited, session)),
  )
}

/** That a message came shows that the plugin knows of no end: it is told, even if it has been told before. */
const tellEnd = (scope: Scope, session: Session): Promise<void> =>
  session.hasEnded ? emitStopped(scope, session) : endLostSession(scope, session)

/** What the end user writes may pick one of the choices that an agent has shown. */
const answerIfOpen = async (sending: Sending, props: bp.AnyMessageProps): Promise<ChoiceAnswer | undefined> => {
  const openEventId = openChoiceOf(props.conversation)
  if (openEventId === undefined || sending.speaker === 'bot' || props.type !== 'text') return undefined
  return answerChoice(sending, openEventId, props.payload.text, props.message.id)
}
