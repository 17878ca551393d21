import type { CustomerApi, CustomerDetails } from '../livechat/customer-api'
import { isApiErrorOfType } from '../livechat/errors'
import { bestEffort } from '../operation/best-effort'
import { budgets } from '../operation/budgets'
import type { Scope } from '../operation/scope'
import type { Customer } from './credentials'
import { apiFor } from './customer-store'

/**
 * Writes the customer card during a start. If LiveChat refuses the details, sends fewer at a time. A call that fails or
 * takes too long never stops the start.
 */
export const updateCustomerCard = async (
  scope: Scope,
  botpressUserId: string,
  customer: Customer,
  details: CustomerDetails,
): Promise<void> => {
  const effort = {
    budgetMs: budgets.start.customerCardMs,
    code: 'customer_details_not_sent',
    fields: { livechatCustomerId: customer.customerId },
  }
  await bestEffort(scope, effort, (limited) =>
    updateAcceptedDetails(limited, apiFor(limited, botpressUserId, customer), details),
  )
}

/**
 * Sends all details in one call. If LiveChat refuses it, sends each detail by itself, and the session fields by halves:
 * the refusal does not say which detail is wrong. It may be the phone number, which LiveChat's API has taken only since
 * July 2026, and only in the international format.
 */
const updateAcceptedDetails = async (scope: Scope, api: CustomerApi, details: CustomerDetails): Promise<void> => {
  if (await isAccepted(api, details)) return
  const { session_fields = [], ...others } = details
  const refused: string[] = []
  for (const [name, value] of Object.entries(others))
    if (!(await isAccepted(api, { [name]: value }))) refused.push(name)
  const count = await sendFields(api, session_fields, { left: maxCallsForFields })
  if (count > 0) refused.push(`session_fields (${count})`)
  scope.log.warn('customer_details_refused_trying_fewer', {
    livechatCustomerId: api.customerId,
    details: refused.join(', '),
  })
}

type Fields = NonNullable<CustomerDetails['session_fields']>

/** Enough to find one bad field among ninety. */
const maxCallsForFields = 20

/** Sends the fields that LiveChat accepts. Finds the others by halving. @returns how many it could not send */
const sendFields = async (api: CustomerApi, fields: Fields, calls: { left: number }): Promise<number> => {
  if (fields.length === 0) return 0
  if (calls.left === 0) return fields.length
  calls.left -= 1
  if (await isAccepted(api, { session_fields: fields })) return 0
  if (fields.length === 1) return 1
  const half = Math.ceil(fields.length / 2)
  const first = await sendFields(api, fields.slice(0, half), calls)
  return first + (await sendFields(api, fields.slice(half), calls))
}

const isAccepted = async (api: CustomerApi, details: CustomerDetails): Promise<boolean> => {
  try {
    await api.updateCustomer(details)
    return true
  } catch (error) {
    if (!isApiErrorOfType(error, 'validation', 'customer_session_fields_limit_reached')) throw error
    return false
  }
}
