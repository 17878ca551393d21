import { z } from 'zod'
import { ApiError } from '../errors'
import type { Actor, Customer, SessionField } from '../model'
import { activeThread, findChatOf, type World } from '../world'
import { addSystemMessage } from './system-messages'

const MAX_SESSION_FIELDS = 100

/** One pair per object, so that the order is kept. */
export const sessionFieldsField = z.array(
  z.record(z.string()).refine((field) => Object.keys(field).length === 1, 'must hold exactly one pair'),
)

export const customerFields = z.object({
  name: z.string().optional(),
  email: z.string().email().optional(),
  avatar: z.string().url().optional(),
  phone_number: z.string().optional(),
  session_fields: sessionFieldsField.optional(),
  omnichannel: z
    .object({
      fbmessenger: z.object({ id: z.string() }).passthrough().optional(),
      twilio: z.object({ phone_number: z.string() }).optional(),
    })
    .optional(),
  address: z
    .object({
      address: z.string().optional(),
      city: z.string().optional(),
      country: z.string().optional(),
      state: z.string().optional(),
      postal_code: z.string().optional(),
    })
    .optional(),
})

export type CustomerChanges = z.infer<typeof customerFields>

/** Applies the changes; at least one is required. Session fields are merged, as the method's name suggests. */
export const updateCustomer = (world: World, customer: Customer, changes: CustomerChanges, actor: Actor): void => {
  const names = Object.entries(changes).flatMap(([name, value]) => (value === undefined ? [] : [name]))
  if (names.length === 0) throw new ApiError('validation', 'at least one field is required')
  const merged = mergeSessionFields(customer.sessionFields, changes.session_fields ?? [])
  checkSessionFieldCount(merged)
  customer.sessionFields = merged
  if (changes.name !== undefined) customer.name = changes.name
  if (changes.email !== undefined) customer.email = changes.email
  if (changes.avatar !== undefined) customer.avatar = changes.avatar
  if (changes.phone_number !== undefined) customer.phoneNumber = changes.phone_number
  if (changes.omnichannel !== undefined) customer.omnichannel = changes.omnichannel
  if (changes.address !== undefined) {
    customer.address = JSON.parse(JSON.stringify({ ...customer.address, ...changes.address })) as Customer['address'] &
      object
  }
  world.effect('customer_updated', { customerId: customer.id, fields: names })
  const chat = findChatOf(world, customer.id)
  const thread = chat ? activeThread(chat) : undefined
  if (chat && thread && (changes.name !== undefined || changes.email !== undefined)) {
    addSystemMessage(world, chat, thread, 'customer_updated')
  }
  if (changes.session_fields !== undefined) announceSessionFields(world, customer, actor)
}

/** Replaces all session fields; `updateCustomer` merges them. */
export const setSessionFields = (world: World, customer: Customer, fields: SessionField[], actor: Actor): void => {
  checkSessionFieldCount(fields)
  customer.sessionFields = fields
  world.effect('customer_updated', { customerId: customer.id, fields: ['session_fields'] })
  announceSessionFields(world, customer, actor)
}

/** The wire type is known only as a constant of the Customer SDK. */
const checkSessionFieldCount = (fields: SessionField[]): void => {
  if (fields.length > MAX_SESSION_FIELDS) {
    throw new ApiError('customer_session_fields_limit_reached', `session_fields: at most ${MAX_SESSION_FIELDS} keys`)
  }
}

const mergeSessionFields = (current: SessionField[], changes: SessionField[]): SessionField[] => {
  const merged = new Map([...current, ...changes].flatMap((field) => Object.entries(field)))
  return [...merged].map(([key, value]) => ({ [key]: value }))
}

/** Reported only while the customer is in an active chat. */
const announceSessionFields = (world: World, customer: Customer, actor: Actor): void => {
  const chat = findChatOf(world, customer.id)
  const thread = chat ? activeThread(chat) : undefined
  if (!chat || !thread) return
  world.announce({
    action: 'customer_session_fields_updated',
    actor,
    chat,
    ids: { chatId: chat.id, threadId: thread.id, customerId: customer.id },
    payload: () => ({
      id: customer.id,
      active_chat: { chat_id: chat.id, thread_id: thread.id },
      session_fields: structuredClone(customer.sessionFields),
    }),
  })
}
