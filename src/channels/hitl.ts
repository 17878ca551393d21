import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { partsOf, type OutgoingPart } from '../content/outgoing-parts'
import { isApiErrorOfType, LiveChatIdentityLostError } from '../livechat/errors'
import { catchUpAfterFailure } from '../session/catch-up'
import { customerOf } from '../session/customers'
import { emitStopped } from '../session/end-session'
import { toRuntimeError } from '../session/explain'
import { createScope, type Memory, type Scope } from '../session/scope'
import { toSession, type Session } from '../session/session'
import { withDeadline } from '../shared/deadline'
import type { Runtime } from '../shared/runtime'
import { sendParts } from './send-parts'

const budgetMs = 30_000

/** Bot → LiveChat: what the end user, or the bot itself, says in a session. */
export const createHitlChannel = (runtime: Runtime, memory: Memory): bp.IntegrationProps['channels']['hitl'] => {
  const send = (props: bp.AnyMessageProps, parts: OutgoingPart[]): Promise<void> =>
    withDeadline(runtime, budgetMs, (deadline) => relay(createScope(props, runtime, memory, deadline), props, parts)).catch(
      (error: unknown) => {
        throw toRuntimeError('A message was not delivered to LiveChat', error)
      },
    )
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
    if (eventId !== undefined) await acknowledge(scope, props, eventId)
    await catchUpQuietly(scope, session)
  } catch (error) {
    const isOver = isApiErrorOfType(error, 'chat_inactive') || error instanceof LiveChatIdentityLostError
    if (!isOver) throw error
    // The plugin says farewell into chats that the agent has closed: nobody waits for that message.
    if (speaker === 'bot') return scope.log.info('farewell_after_end', { conversationId: session.conversationId })
    await emitStopped(scope, session)
    throw error
  }
}

/** The message has arrived whatever happens here. */
const acknowledge = async (scope: Scope, { ack }: bp.AnyMessageProps, livechatEventId: string): Promise<void> => {
  try {
    await ack({ tags: { livechatEventId } })
  } catch (error) {
    scope.log.warn('message_not_acknowledged', { error: error instanceof Error ? error.name : 'unknown' })
  }
}

const catchUpQuietly = async (scope: Scope, session: Session): Promise<void> => {
  try {
    await catchUpAfterFailure(scope, session)
  } catch (error) {
    scope.log.warn('catch_up_failed', {
      conversationId: session.conversationId,
      error: error instanceof Error ? error.name : 'unknown',
    })
  }
}
