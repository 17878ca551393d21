import { z } from 'zod'
import { parseFields } from '../errors'
import { customerFields, sessionFieldsField, setSessionFields, updateCustomer } from '../chats/update-customer'
import { customerSelf } from '../shapes/customer-view'
import type { CustomerMethod } from './context'

export const updateCustomerMethod: CustomerMethod = ({ world, customer, actor, body }) =>
  updateCustomer(world, customer, parseFields(customerFields, body), actor)

export const setCustomerSessionFields: CustomerMethod = ({ world, customer, actor, body }) =>
  setSessionFields(
    world,
    customer,
    parseFields(z.object({ session_fields: sessionFieldsField }), body).session_fields,
    actor,
  )

export const getCustomer: CustomerMethod = ({ customer }) => customerSelf(customer)
