import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { partsOf, type OutgoingPart } from '../content/outgoing-parts'
import { isApiErrorOfType, LiveChatIdentityLostError } from '../livechat/errors'
import { catchUpAfterFailure } from '../session/catch-up'
import { customerOf } from '../session/customers'
import { emitStopped } from '../session/end-session'
import { toRuntimeError } from '../session/explain'
import type { Memory } from '../session/memory'
import { createScope, type Scope } from '../session/scope'
import { toSession } from '../session/session'
import { withDeadline } from '../shared/deadline'
import type { Runtime } from '../shared/runtime'
import { sendParts } from './send-parts'

const budgetMs = 30_000
const afterDeliveryBudgetMs = 4_000

/** Bot → LiveChat: what the end user, or the bot itself, says in a session. */
export const createHitlChannel = (runtime: Runtime, memory: Memory): bp.IntegrationProps['channels']['hitl'] => {
  const send = (props: bp.AnyMessageProps, parts: OutgoingPart[]): Promise<void> =>
    withDeadline(runtime, budgetMs, (deadline) => {
      const scope = createScope(props, runtime, memory, deadline)
      // In the order of arrival: a file takes longer than the words that were written after it.
      const turn = scope.key('send', props.conversation.id)
      return memory.inTurn(turn, () => relay(scope, props, parts), deadline.signal)
    }).catch((error: unknown) => {
      throw toRuntimeError('A message was not delivered to LiveChat', error)
    })
  return {
    messages: {
      text: (props) => send(props, partsOf.text(props.payload)),
      image: (props) => send(props, partsOf.image(props.payload)),
      audio: (props) => send(props, partsOf.audio(props.payload)),
      video: (props) => send(props, partsOf.video(props.payload)),
      file: (props) => send(props, partsOf.file(props.payload)),
      bloc: (props) => send(props, partsOf.bloc(props.payload)),
    },
  }
}

const relay = async (scope: Scope, props: bp.AnyMessageProps, parts: OutgoingPart[]): Promise<void> => {
  const session = toSession(props.conversation, scope.runtime.nowMs())
  if (!session) throw new RuntimeError('A message was not delivered: its conversation is not a LiveChat session.')
  // The plugin names the end user in every message it relays; without a name the bot itself is speaking.
  const speaker = props.payload.userId === undefined ? 'bot' : 'customer'
  try {
    const api = await customerOf(scope, session)
    const eventId = await sendParts({ scope, session, api, speaker }, parts, props.message.id)
    if (eventId !== undefined) {
      await afterDelivery(scope, 'message_not_acknowledged', () => props.ack({ tags: { livechatEventId: eventId } }))
    }
  } catch (error) {
    const isOver = isApiErrorOfType(error, 'chat_inactive') || error instanceof LiveChatIdentityLostError
    if (!isOver) throw error
    // The plugin says farewell into chats that the agent has closed: nobody waits for that message.
    if (speaker === 'bot') {
      scope.log.info('farewell_after_end', { conversationId: session.conversationId })
      return
    }
    await emitStopped(scope, session)
    throw error
  }
  await afterDelivery(scope, 'catch_up_failed', () => catchUpAfterFailure(scope, session))
}

/** The message has arrived, whatever happens from here on: no error and no delay may say otherwise. */
const afterDelivery = async (scope: Scope, code: string, work: () => Promise<void>): Promise<void> => {
  try {
    await withDeadline(scope.runtime, afterDeliveryBudgetMs, work)
  } catch (error) {
    scope.log.warn(code, { error: error instanceof Error ? error.name : 'unknown' })
  }
}
