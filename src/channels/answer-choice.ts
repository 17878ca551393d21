import type { Choice } from '../content/choices'
import { pickChoice, type Pick as Picked } from '../content/pick-choice'
import { labelled } from '../content/to-agent/labels/live-labels'
import { customerOf } from '../customers/customer-store'
import type { OutgoingEvent, Postback } from '../livechat/customer-api'
import { isApiErrorOfType } from '../livechat/errors'
import { sendEventOnce } from '../livechat/send-event-once'
import { bestEffort } from '../operation/best-effort'
import { budgets } from '../operation/budgets'
import type { Sending } from './send-parts'

type Answering = Pick<Sending, 'scope' | 'session' | 'api' | 'voice'>
/** `eventId`: the event with which the answer was sent. `isOpen`: whether the choices still wait for an answer. */
export type ChoiceAnswer = { eventId: string | undefined; isOpen: boolean }

/**
 * Checks whether the end user's text picks one of the open choices. If so, presses the button as LiveChat's own widget
 * does, and sends the label of the button. If the text picks none, or the press fails, sends nothing. The caller then
 * sends the text like any other message.
 */
export const answerChoice = async (
  answering: Answering,
  openEventId: string,
  text: string,
  messageId: string,
): Promise<ChoiceAnswer> => {
  const pick = await pressButton(answering, openEventId, text)
  if (!pick.picked) return { eventId: undefined, isOpen: pick.isOpen }
  return { eventId: await sendLabel(answering, openEventId, pick.choice, messageId), isOpen: false }
}

/**
 * If the press fails or takes too long, the text counts as picking nothing, so that the end user's message is not lost.
 */
const pressButton = async ({ scope, session }: Answering, openEventId: string, text: string): Promise<Picked> => {
  const { livechatChatId, livechatThreadId, livechatCustomerId, conversationId } = session
  const effort = { budgetMs: budgets.message.pressMs, code: 'button_not_pressed', fields: { conversationId } }
  const pick = await bestEffort(scope, effort, async (limited) => {
    const api = await customerOf(limited, session)
    const { thread } = await api.getChat(livechatChatId, livechatThreadId)
    const found = pickChoice(thread.events, openEventId, livechatCustomerId, text)
    if (found.picked)
      await api.sendRichMessagePostback(livechatChatId, livechatThreadId, openEventId, postbackOf(found.choice))
    return found
  })
  return pick ?? { picked: false, isOpen: true }
}

const postbackOf = ({ postbackId, buttonType, buttonValue, productId }: Choice): Postback => ({
  id: postbackId,
  toggled: true,
  ...(buttonType === undefined ? {} : { button_type: buttonType }),
  ...(buttonValue === undefined ? {} : { button_value: buttonValue }),
  ...(productId === undefined ? {} : { ecommerce: { product_id: productId } }),
})

/**
 * Sends the message that belongs to the press. The message contains the label, because agents do not see the numbers
 * that we add.
 */
const sendLabel = async (
  { session, api, voice }: Answering,
  openEventId: string,
  { label, postbackId, buttonType, buttonValue }: Choice,
  messageId: string,
): Promise<string> => {
  const message = {
    type: 'message',
    text: voice.isLabelled ? labelled(label, voice.label) : label,
    custom_id: messageId,
  } satisfies OutgoingEvent
  const send = (event: OutgoingEvent): Promise<string> =>
    sendEventOnce(api, session.livechatChatId, session.livechatThreadId, event)
  const button = buttonType !== undefined && buttonValue !== undefined ? { type: buttonType, value: buttonValue } : {}
  const postback = { id: postbackId, thread_id: session.livechatThreadId, event_id: openEventId, ...button }
  try {
    return await send({ ...message, postback })
  } catch (error) {
    if (!isApiErrorOfType(error, 'validation')) throw error
    return send(message)
  }
}
