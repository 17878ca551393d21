import type * as bp from '../bp'
import { requestCustomerToken } from '../livechat/accounts'
import type { CustomerCredentials } from '../livechat/customer-api'
import { createCredentials } from './customers'
import { isNotFound } from './platform-call'
import type { Scope } from './scope'

/**
 * Credentials of the one LiveChat customer with which settings are checked: a token is asked for at every check, since
 * that is what proves the settings, but for the same customer, so that saving again does not make another.
 */
export const probeCredentials = async (scope: Scope): Promise<CustomerCredentials> => {
  const kept = await readProbe(scope)
  const token = await requestCustomerToken(scope.runtime, scope.memory.http, scope.app, kept, scope.deadline)
  const customer: bp.LiveChatCustomerState = { ...token }
  await keepProbe(scope, customer)
  return toCredentials(scope, customer)
}

/** The same without a call to LiveChat while the kept token is good: for questions that are asked often. */
export const keptProbeCredentials = async (scope: Scope): Promise<CustomerCredentials> => {
  const remembered = scope.memory.probes.get(scope.key('probe'))
  const customer = remembered ?? (await readProbe(scope))
  if (!customer) return probeCredentials(scope)
  scope.memory.probes.set(scope.key('probe'), customer)
  return toCredentials(scope, customer)
}

const toCredentials = (scope: Scope, customer: bp.LiveChatCustomerState): CustomerCredentials =>
  createCredentials(
    scope,
    customer,
    (renewed) => keepProbe(scope, renewed),
    () => Promise.resolve(),
  )

const readProbe = async (scope: Scope): Promise<bp.LiveChatCustomerState | undefined> => {
  try {
    const { state } = await scope.client.getState({ type: 'integration', id: scope.integrationId, name: 'probe' })
    const { clientId, organizationId, customer } = state.payload
    return clientId === scope.app.clientId && organizationId === scope.app.organizationId ? customer : undefined
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}

const keepProbe = async (scope: Scope, customer: bp.LiveChatCustomerState): Promise<void> => {
  const { clientId, organizationId } = scope.app
  await scope.client.setState({
    type: 'integration',
    id: scope.integrationId,
    name: 'probe',
    payload: { clientId, organizationId, customer },
  })
}
