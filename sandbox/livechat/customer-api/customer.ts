import { z } from 'zod'
import { ApiError, parseFields } from '../errors'
import { customerFields, sessionFieldsField, setSessionFields, updateCustomer } from '../chats/update-customer'
import { customerSelf } from '../shapes/customer-view'
import type { CustomerMethod } from './context'

export const updateCustomerMethod: CustomerMethod = ({ world, customer, actor, body }) => {
  const { phone_number: phoneNumber, ...others } = parseFields(customerFields, body)
  const { phoneNumberOfCustomer } = world.knobs
  if (phoneNumber !== undefined && phoneNumberOfCustomer === 'refused')
    throw new ApiError('validation', 'phone_number: unknown field')
  // E.164, as the Agent API's page says.
  if (phoneNumber !== undefined && phoneNumberOfCustomer === 'accepted' && !/^\+[1-9]\d{1,14}$/.test(phoneNumber))
    throw new ApiError('validation', 'phone_number: wrong format')
  const isTaken = phoneNumber !== undefined && phoneNumberOfCustomer === 'accepted'
  updateCustomer(world, customer, { ...others, ...(isTaken ? { phone_number: phoneNumber } : {}) }, actor)
}

export const setCustomerSessionFields: CustomerMethod = ({ world, customer, actor, body }) =>
  setSessionFields(
    world,
    customer,
    parseFields(z.object({ session_fields: sessionFieldsField }), body).session_fields,
    actor,
  )

export const getCustomer: CustomerMethod = ({ customer }) => customerSelf(customer)
