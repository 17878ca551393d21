import { openServedThread, closeAsAgent, chatOf, readAsCustomer } from '../chats'
import type { Answer } from '../calls'
import type { KnobValue } from '../catalogue'
import { at } from '../json'
import { CannotSee } from '../sighting'
import type { Act } from './act'

const limitTypes = ['chat_limit_reached', 'limit_reached']

/** Calls that LiveChat must refuse, and by which name it does. */
export const refusals: Act = {
  title: 'Calls that LiveChat refuses',
  beliefs: ['secondStartChatError', 'alreadyActiveError', 'unknownChatError'],
  play: async (stage, tell) => {
    const { first } = stage.customers
    await openServedThread(stage, first)
    const chatId = chatOf(first)

    const start = await first.call('start_chat', { active: true, continuous: true })
    tell('secondStartChatError', {
      ...valueOf(limitType(start)),
      seen: said('The second start_chat', start),
      control: 'the first start_chat of the same customer was accepted',
    })

    const isActive = at(await readAsCustomer(first), 'thread', 'active') === true
    if (!isActive) throw new CannotSee('the chat is not active although it was just opened')
    const resume = await first.call('resume_chat', { chat: { id: chatId }, active: true })
    tell('alreadyActiveError', {
      ...valueOf(resume.errorType),
      seen: said('resume_chat', resume),
      control: 'the customer reads this chat, and it is active',
    })

    // Another id of the same shape.
    const unknown = await first.call('get_chat', { chat_id: Array.from(chatId).reverse().join('') })
    tell('unknownChatError', {
      ...valueOf(unknown.errorType),
      seen: said('get_chat', unknown),
      control: "get_chat of the customer's own chat was accepted",
    })
    await closeAsAgent(stage, first)
  },
}

const valueOf = (errorType: string | undefined): { value?: KnobValue } =>
  errorType === undefined ? {} : { value: errorType }

const limitType = ({ errorType, message }: Answer): string | undefined => {
  if (errorType === undefined || limitTypes.includes(errorType)) return errorType
  return errorType === 'validation' && /chats? limit/i.test(message) ? 'validation_with_message' : errorType
}

const said = (what: string, { outcome }: Answer): string => `${what} was ${outcome}`
