import { z } from 'zod'
import { createCustomer as makeCustomer } from '../accounts/identity'
import { customerFields, updateCustomer as applyChanges } from '../chats/update-customer'
import { ApiError, parseFields } from '../errors'
import { banCustomer as applyBan } from '../license'
import type { Customer } from '../model'
import { agentCustomer } from '../shapes/agent-view'
import { findChatOf, type World } from '../world'
import type { AgentMethod } from './context'

const customerOf = (world: World, id: string): Customer => {
  const customer = world.customers.get(id)
  if (!customer) throw new ApiError('not_found', 'id: unknown customer')
  return customer
}

export const getCustomer: AgentMethod = ({ world, version, body }) => {
  const customer = customerOf(world, parseFields(z.object({ id: z.string() }), body).id)
  const chat = findChatOf(world, customer.id)
  return { ...agentCustomer(world, customer, version, chat), ...(chat ? { chat_ids: [chat.id] } : {}) }
}

const updateFields = customerFields.extend({
  id: z.string().uuid(),
  phone_number: z
    .string()
    .regex(/^\+[1-9]\d{1,14}$/, 'must be in the E.164 format')
    .optional(),
})

export const updateCustomer: AgentMethod = ({ world, actor, body }) => {
  const { id, ...changes } = parseFields(updateFields, body)
  applyChanges(world, customerOf(world, id), changes, actor)
  // The only void method whose sample shows a body.
  return {}
}

const banFields = z.object({ id: z.string(), ban: z.object({ days: z.number().int().positive() }) })

export const banCustomer: AgentMethod = ({ world, body }) => {
  const fields = parseFields(banFields, body)
  applyBan(world, customerOf(world, fields.id), fields.ban.days)
}

/** Only in 3.5. In later versions only the token endpoint makes customers. */
export const createCustomer: AgentMethod = ({ world, actor, body }) => {
  const changes = parseFields(customerFields, body)
  const customer = makeCustomer(world, actor.clientId ?? '')
  if (Object.values(changes).some((value) => value !== undefined)) applyChanges(world, customer, changes, actor)
  return { customer_id: customer.id }
}
