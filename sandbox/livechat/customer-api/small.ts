import { z } from 'zod'
import { activeThread } from '../world'
import { ApiError, parseFields } from '../errors'
import { markEventsAsSeen } from '../chats/mark-seen'
import { ownChat, type CustomerMethod } from './context'

const sendSneakPeek: CustomerMethod = (call) => {
  const fields = parseFields(z.object({ chat_id: z.string(), sneak_peek_text: z.string() }), call.body)
  if (!activeThread(ownChat(call, fields.chat_id))) throw new ApiError('chat_inactive')
  call.customer.sneakPeek = fields.sneak_peek_text
}

const seenFields = z.object({ chat_id: z.string(), seen_up_to: z.string().datetime({ offset: true }) })

const markSeen: CustomerMethod = (call) => {
  const fields = parseFields(seenFields, call.body)
  markEventsAsSeen(call.world, ownChat(call, fields.chat_id), fields.seen_up_to, call.actor)
}

const formFields = z.object({ group_id: z.number().int(), type: z.enum(['prechat', 'postchat']) })

const getForm: CustomerMethod = ({ world, body }) => {
  const fields = parseFields(formFields, body)
  if (!world.groups.has(fields.group_id)) throw new ApiError('group_not_found')
  return { enabled: false }
}

const getUrlInfo: CustomerMethod = ({ body }) => {
  const { url } = parseFields(z.object({ url: z.string().url() }), body)
  return { url, title: new URL(url).host, description: '' }
}

const requestEmailVerification: CustomerMethod = ({ body }) => {
  parseFields(z.object({ callback_uri: z.string().url() }), body)
}

const requestWelcomeMessage: CustomerMethod = ({ body }) => {
  parseFields(z.object({ id: z.string().optional(), group_id: z.number().int().optional() }), body)
  throw new ApiError('authorization', 'the customer is not logged in through RTM')
}

const greeting: CustomerMethod = () => {
  throw new ApiError('greeting_not_found')
}

export const smallMethods: Record<string, CustomerMethod> = {
  send_sneak_peek: sendSneakPeek,
  mark_events_as_seen: markSeen,
  get_form: getForm,
  get_url_info: getUrlInfo,
  request_email_verification: requestEmailVerification,
  request_welcome_message: requestWelcomeMessage,
  accept_greeting: greeting,
  cancel_greeting: greeting,
  send_greeting_button_clicked: greeting,
  check_goals: () => undefined,
}
