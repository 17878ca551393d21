import type { CustomerApi, CustomerDetails } from '../livechat/customer-api'
import { isApiErrorOfType, LiveChatError } from '../livechat/errors'
import { DeadlineExceededError } from '../shared/deadline'
import { apiFor, type Customer } from './customers'
import { withBudget, type Scope } from './scope'

/** What an agent would like to know is not worth more of the waiting time. */
const detailsBudgetMs = 4_000

/**
 * A detail that LiveChat does not accept, such as a malformed address, must not keep a person from an agent, nor take the
 * other details with it; nor may a failure of the call itself.
 */
export const updateDetails = async (
  scope: Scope,
  botpressUserId: string,
  customer: Customer,
  details: CustomerDetails,
): Promise<void> => {
  try {
    await withBudget(scope, detailsBudgetMs, (limited) =>
      updateWhatIsTaken(limited, apiFor(limited, botpressUserId, customer), details),
    )
  } catch (error) {
    if (!(error instanceof LiveChatError || error instanceof DeadlineExceededError)) throw error
    scope.log.warn('customer_details_not_sent', { livechatCustomerId: customer.customerId, error: error.name })
  }
}

const updateWhatIsTaken = async (scope: Scope, api: CustomerApi, details: CustomerDetails): Promise<void> => {
  const { email: _email, ...withoutEmail } = details
  const { avatar: _avatar, ...withoutLinks } = withoutEmail
  const { name: _name, ...onlyFields } = withoutLinks
  for (const attempt of [details, withoutEmail, withoutLinks, onlyFields]) {
    try {
      await api.updateCustomer(attempt)
      return
    } catch (error) {
      if (!isApiErrorOfType(error, 'validation')) throw error
      scope.log.warn('customer_details_refused', { livechatCustomerId: api.customerId })
    }
  }
}
