import type * as bp from '../bp'
import { requestCustomerToken, type CustomerToken } from '../livechat/accounts'
import type { CustomerCredentials } from '../livechat/customer-api'
import { LiveChatIdentityLostError } from '../livechat/errors'
import type { Scope } from '../operation/scope'
import type { Deadline } from '../shared/deadline'
import { fieldsOf } from '../shared/fields'

/** A LiveChat customer as Botpress stores it: id, secret and token. */
export type Customer = bp.LiveChatCustomerState

/** A token is renewed this long before it expires, so that it does not expire during an operation. */
const renewBeforeExpiryMs = 5 * 60_000

/** The customer as we store it, made from a token that LiveChat has just issued. */
export const toCustomer = (token: CustomerToken, region: string | undefined): Customer => ({
  customerId: token.customerId,
  secret: token.secret,
  accessToken: token.accessToken,
  accessTokenExpiresAtMs: token.accessTokenExpiresAtMs,
  ...(region === undefined ? {} : { region }),
})

/** A customer as it was stored. `undefined` if the state does not hold one, for example because it was reset. */
export const storedCustomer = (value: unknown): Customer | undefined => {
  const { customerId, secret, accessToken, accessTokenExpiresAtMs, region } = fieldsOf(value)
  if (!isText(customerId) || !isText(secret)) return undefined
  return {
    customerId,
    secret,
    // The secret alone brings a new token.
    accessToken: isText(accessToken) ? accessToken : '',
    accessTokenExpiresAtMs:
      isText(accessToken) && typeof accessTokenExpiresAtMs === 'number' ? accessTokenExpiresAtMs : 0,
    ...(isText(region) ? { region } : {}),
  }
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

/**
 * The parts of a scope that credentials need. Botpress' client is not among them, so that the doctor in a terminal can
 * use credentials, too.
 */
export type CredentialsScope = Pick<Scope, 'runtime' | 'memory' | 'log' | 'app' | 'key'>

/**
 * Creates the credentials of a customer. They update `customer` in place when they renew its token.
 * @param keep stores the customer with its new token
 * @param drop removes the stored customer when LiveChat no longer knows it
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
          scope.log.error('customer_lost', { livechatCustomerId: customer.customerId })
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
