import type { Choice } from '../content/choices'
import { pickChoice, type Pick } from '../content/pick-choice'
import { customerOf } from '../customers/customer-store'
import type { CustomerApi, OutgoingEvent, Postback } from '../livechat/customer-api'
import { isApiErrorOfType } from '../livechat/errors'
import { sendEventOnce } from '../livechat/send-event-once'
import { bestEffort } from '../operation/best-effort'
import { budgets } from '../operation/budgets'
import type { Scope } from '../operation/scope'
import type { Session } from '../session/session'

type Answering = { scope: Scope; session: Session; api: CustomerApi }
/** `eventId`: the answer has been sent as that event. `isOpen`: the choices still wait for one. */
export type ChoiceAnswer = { eventId: string | undefined; isOpen: boolean }

/**
 * Sends what the end user wrote as the press of a button, if it names one of the choices that an agent has shown: the
 * button is pressed as in LiveChat's own widget, and its label said. Nothing is sent when it names none, or when LiveChat
 * does not take the press: then it is text like any other.
 */
export const answerChoice = async (
  answering: Answering,
  openEventId: string,
  text: string,
  messageId: string,
): Promise<ChoiceAnswer> => {
  const pick = await press(answering, openEventId, text)
  if (!pick.picked) return { eventId: undefined, isOpen: pick.isOpen }
  return { eventId: await sayLabel(answering, openEventId, pick.choice, messageId), isOpen: false }
}

/** A press that fails, or takes too long, must not cost the words. */
const press = async ({ scope, session }: Answering, openEventId: string, text: string): Promise<Pick> => {
  const { livechatChatId, livechatThreadId, livechatCustomerId, conversationId } = session
  const effort = { budgetMs: budgets.message.pressMs, code: 'choice_not_pressed', fields: { conversationId } }
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

/** The message that belongs to the press; agents read the label, since the numbers are ours. */
const sayLabel = async (
  { session, api }: Answering,
  openEventId: string,
  { label, postbackId, buttonType, buttonValue }: Choice,
  messageId: string,
): Promise<string> => {
  const said = { type: 'message', text: label, custom_id: messageId } satisfies OutgoingEvent
  const send = (event: OutgoingEvent): Promise<string> =>
    sendEventOnce(api, session.livechatChatId, session.livechatThreadId, event)
  const both = buttonType !== undefined && buttonValue !== undefined ? { type: buttonType, value: buttonValue } : {}
  const postback = { id: postbackId, thread_id: session.livechatThreadId, event_id: openEventId, ...both }
  try {
    return await send({ ...said, postback })
  } catch (error) {
    if (!isApiErrorOfType(error, 'validation')) throw error
    return send(said)
  }
}
