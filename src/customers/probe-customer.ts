import { requestCustomerToken } from '../livechat/accounts'
import type { CustomerCredentials } from '../livechat/customer-api'
import { unlessRefused } from '../operation/failures/platform-errors'
import type { Scope } from '../operation/scope'
import { declareCache } from '../shared/cache'
import { fieldsOf } from '../shared/fields'
import { createCredentials, storedCustomer, type CredentialsScope, type Customer } from './credentials'

/** The probe customer of each installation. */
const probes = declareCache<Customer>(500)
type ProbeScope = CredentialsScope & Pick<Scope, 'deadline'>

/**
 * Stores the probe customer, so that later processes can use it. The probe customer is the one LiveChat customer with
 * which we check settings.
 */
export type ProbeStore = {
  /** `undefined` if there is none for this app and organization. */
  read: () => Promise<Customer | undefined>
  keep: (customer: Customer) => Promise<void>
}

/**
 * Credentials of the probe customer with a new token. The request for the token proves that the settings are right.
 * Uses the stored customer, so that repeated checks create no new customers.
 * @returns also `keep`, which stores the customer; the caller must await it, possibly together with its next call
 */
export const probeCredentials = async (
  scope: ProbeScope,
  store: ProbeStore,
): Promise<{ credentials: CustomerCredentials; keep: () => Promise<void> }> => {
  const kept = await store.read()
  const token = await requestCustomerToken(scope.runtime, scope.memory.http, scope.app, kept, scope.deadline)
  const customer: Customer = { ...token }
  return { credentials: toCredentials(scope, store, customer), keep: () => store.keep(customer) }
}

/** Like `probeCredentials`, but makes no call to LiveChat while the stored token is valid: for frequent questions. */
export const keptProbeCredentials = async (scope: Scope): Promise<CustomerCredentials> => {
  const store = platformProbeStore(scope)
  const remembered = probes(scope.memory).get(scope.key('probe'))
  const customer = remembered ?? (await store.read())
  if (!customer) return newProbeCredentials(scope)
  probes(scope.memory).set(scope.key('probe'), customer)
  return toCredentials(scope, store, customer)
}

/**
 * Credentials of the probe customer with a new token. Use it if no probe customer is stored, or LiveChat no longer
 * knows the stored one.
 */
export const newProbeCredentials = async (scope: Scope): Promise<CustomerCredentials> => {
  probes(scope.memory).delete(scope.key('probe'))
  const { credentials, keep } = await probeCredentials(scope, platformProbeStore(scope))
  await keep()
  return credentials
}

const toCredentials = (scope: ProbeScope, store: ProbeStore, customer: Customer): CustomerCredentials =>
  createCredentials(scope, customer, { ...store, drop: () => Promise.resolve(undefined) })

/** Keeps the probe customer in a state of the integration in Botpress. */
export const platformProbeStore = (scope: Scope): ProbeStore => {
  const { clientId, organizationId } = scope.app
  const place = { type: 'integration', id: scope.integrationId, name: 'probe' } as const
  return {
    read: async () => {
      const answer = await unlessRefused(scope.client.getState(place))
      const kept = fieldsOf(fieldsOf(answer?.state)['payload'])
      const isOurs = kept['clientId'] === clientId && kept['organizationId'] === organizationId
      return isOurs ? storedCustomer(kept['customer']) : undefined
    },
    keep: async (customer) => {
      await scope.client.setState({ ...place, payload: { clientId, organizationId, customer } })
    },
  }
}
