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
    // The secret is enough to get a new token.
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

/** Where the customer is kept. */
export type CredentialsStore = {
  /** Stores the customer with its new token. */
  keep: (renewed: Customer) => Promise<void>
  /** Removes the customer, unless another process has stored a newer secret. Returns the customer with that secret. */
  drop: () => Promise<Customer | undefined>
  /** `undefined` if the customer is not stored. */
  read: () => Promise<Customer | undefined>
}

const isValid = ({ runtime }: CredentialsScope, { accessTokenExpiresAtMs }: Customer): boolean =>
  accessTokenExpiresAtMs - renewBeforeExpiryMs > runtime.nowMs()

/** Creates the credentials of a customer. They update `customer` in place when they renew its token. */
export const createCredentials = (
  scope: CredentialsScope,
  customer: Customer,
  store: CredentialsStore,
): CustomerCredentials => {
  const request = async (deadline: Deadline): Promise<boolean> => {
    const token = await requestCustomerToken(scope.runtime, scope.memory.http, scope.app, customer, deadline)
    if (token.customerId !== customer.customerId) return false
    Object.assign(customer, toCustomer(token, customer.region))
    await store.keep(customer)
    return true
  }
  /**
   * With each token, LiveChat may give a new secret and stop accepting the old one. So another process may have got a
   * newer secret, and may be storing it right now.
   */
  const findNewerSecret = async (deadline: Deadline): Promise<boolean> => {
    for (const waitMs of [0, 1_000]) {
      if (waitMs > 0) await scope.runtime.sleep(waitMs, deadline.signal)
      const stored = await store.read()
      if (!stored || stored.secret === customer.secret) continue
      Object.assign(customer, stored)
      return true
    }
    return false
  }
  const renew = (refused: string, deadline: Deadline): Promise<string> =>
    scope.memory.shared(
      scope.key('renewal', customer.customerId),
      async () => {
        if (customer.accessToken !== refused) return customer.accessToken
        if (await request(deadline)) return customer.accessToken
        if ((await findNewerSecret(deadline)) && (await request(deadline))) return customer.accessToken
        // The other process may store its secret only now.
        const newer = await store.drop()
        Object.assign(customer, newer)
        if (newer && (await request(deadline))) return customer.accessToken
        scope.log.error('customer_lost', { livechatCustomerId: customer.customerId })
        throw new LiveChatIdentityLostError(customer.customerId)
      },
      deadline.signal,
    )
  return {
    customerId: customer.customerId,
    accessToken: async (deadline) =>
      isValid(scope, customer) ? customer.accessToken : renew(customer.accessToken, deadline),
    renew,
    get region() {
      return customer.region
    },
    followRegion: (region) => {
      customer.region = region
    },
  }
}
