import type * as bp from '../bp'
import { requestCustomerToken, type CustomerToken } from '../livechat/accounts'
import type { CustomerCredentials } from '../livechat/customer-api'
import { LiveChatIdentityLostError } from '../livechat/errors'
import type { Scope } from '../operation/scope'
import type { Deadline } from '../shared/deadline'

/** A LiveChat customer as Botpress keeps it: identity, secret, token. */
export type Customer = bp.LiveChatCustomerState

/** Renewed this long before the end, so that a token does not end during an operation. */
const renewBeforeExpiryMs = 5 * 60_000

/** The record of a customer, with a token just given. */
export const toCustomer = (token: CustomerToken, region: string | undefined): Customer => ({
  customerId: token.customerId,
  secret: token.secret,
  accessToken: token.accessToken,
  accessTokenExpiresAtMs: token.accessTokenExpiresAtMs,
  ...(region === undefined ? {} : { region }),
})

/** What credentials work with: no client of Botpress, so that a terminal can have them too. */
export type CredentialsScope = Pick<Scope, 'runtime' | 'memory' | 'log' | 'app' | 'key'>

/**
 * Credentials over a customer record, which they keep up to date in place.
 * @param keep stores a renewed record. @param drop removes a record whose identity LiveChat no longer knows.
 */
export const createCredentials = (
  scope: CredentialsScope,
  customer: Customer,
  keep: (renewed: Customer) => Promise<void>,
  drop: () => Promise<void>,
): CustomerCredentials => {
  const renew = (refused: string, deadline: Deadline): Promise<string> =>
    scope.memory.shared(
      scope.key('renewal', customer.customerId),
      async () => {
        if (customer.accessToken !== refused) return customer.accessToken
        const token = await requestCustomerToken(scope.runtime, scope.memory.http, scope.app, customer, deadline)
        if (token.customerId !== customer.customerId) {
          scope.log.error('livechat_identity_lost', { livechatCustomerId: customer.customerId })
          await drop()
          throw new LiveChatIdentityLostError(customer.customerId)
        }
        Object.assign(customer, toCustomer(token, customer.region))
        await keep(customer)
        return customer.accessToken
      },
      deadline.signal,
    )
  return {
    customerId: customer.customerId,
    accessToken: async (deadline) =>
      customer.accessTokenExpiresAtMs - renewBeforeExpiryMs > scope.runtime.nowMs()
        ? customer.accessToken
        : renew(customer.accessToken, deadline),
    renew,
    get region() {
      return customer.region
    },
    followRegion: (region) => {
      customer.region = region
    },
  }
}
