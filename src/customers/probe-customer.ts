import { requestCustomerToken } from '../livechat/accounts'
import type { CustomerCredentials } from '../livechat/customer-api'
import { unlessNotFound } from '../operation/platform-errors'
import type { Scope } from '../operation/scope'
import { declareCache } from '../shared/cache'
import { createCredentials, type CredentialsScope, type Customer } from './credentials'

/** The probe customer of an installation. */
const probes = declareCache<Customer>(500)
type ProbeScope = CredentialsScope & Pick<Scope, 'deadline'>

/** Where the one LiveChat customer with which settings are checked outlives the process. */
export type ProbeStore = {
  /** `undefined` when there is none of this app and organization. */
  read: () => Promise<Customer | undefined>
  keep: (customer: Customer) => Promise<void>
}

/**
 * Credentials of the probe customer: a token is asked for at every check, since that is what proves the settings, but for
 * the same customer, so that checking again does not make another. `keep` has to be awaited, beside whatever comes next.
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

/** The same without a call to LiveChat while the kept token is good: for questions that are asked often. */
export const keptProbeCredentials = async (scope: Scope): Promise<CustomerCredentials> => {
  const store = platformProbeStore(scope)
  const remembered = probes(scope.memory).get(scope.key('probe'))
  const customer = remembered ?? (await store.read())
  if (!customer) return newProbeCredentials(scope)
  probes(scope.memory).set(scope.key('probe'), customer)
  return toCredentials(scope, store, customer)
}

/** A probe customer, when there is none or LiveChat no longer knows the kept one. */
export const newProbeCredentials = async (scope: Scope): Promise<CustomerCredentials> => {
  probes(scope.memory).delete(scope.key('probe'))
  const { credentials, keep } = await probeCredentials(scope, platformProbeStore(scope))
  await keep()
  return credentials
}

const toCredentials = (scope: ProbeScope, store: ProbeStore, customer: Customer): CustomerCredentials =>
  createCredentials(
    scope,
    customer,
    (renewed) => store.keep(renewed),
    () => Promise.resolve(),
  )

/** A state of the installation, which Botpress keeps. */
export const platformProbeStore = (scope: Scope): ProbeStore => {
  const { clientId, organizationId } = scope.app
  const place = { type: 'integration', id: scope.integrationId, name: 'probe' } as const
  return {
    read: async () => {
      const kept = (await unlessNotFound(scope.client.getState(place)))?.state.payload
      return kept?.clientId === clientId && kept.organizationId === organizationId ? kept.customer : undefined
    },
    keep: async (customer) => {
      await scope.client.setState({ ...place, payload: { clientId, organizationId, customer } })
    },
  }
}
