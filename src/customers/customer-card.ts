import type { CustomerApi, CustomerDetails } from '../livechat/customer-api'
import { isApiErrorOfType } from '../livechat/errors'
import { bestEffort } from '../operation/best-effort'
import { budgets } from '../operation/budgets'
import type { Scope } from '../operation/scope'
import type { Customer } from './credentials'
import { apiFor } from './customer-store'

/**
 * Writes the customer card while the thread is opened. If LiveChat refuses a detail, such as a malformed e-mail
 * address, leaves it out. A call that fails or is late never stops the start.
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

const updateAcceptedDetails = async (scope: Scope, api: CustomerApi, details: CustomerDetails): Promise<void> => {
  // LiveChat's API has taken a phone number only since July 2026, and only in the international format.
  const { phone_number: phone, ...withoutPhone } = details
  const { email: _email, ...withoutEmail } = withoutPhone
  const { avatar: _avatar, ...withoutLinks } = withoutEmail
  const { name: _name, ...onlyFields } = withoutLinks
  const withPhone = phone === undefined ? [] : [details]
  for (const attempt of [...withPhone, withoutPhone, withoutEmail, withoutLinks, onlyFields]) {
    try {
      await api.updateCustomer(attempt)
      return
    } catch (error) {
      if (!isApiErrorOfType(error, 'validation')) throw error
      scope.log.warn('customer_details_refused', { livechatCustomerId: api.customerId })
    }
  }
}
