import { isApiError } from '@botpress/sdk'
import type * as bp from '../bp'
import { requestCustomerToken, type CustomerToken } from '../livechat/accounts'
import { createCustomerApi, type CustomerApi, type CustomerCredentials } from '../livechat/customer-api'
import { LiveChatIdentityLostError } from '../livechat/errors'
import { withDeadline, type Deadline } from '../shared/deadline'
import type { Customers } from './memory'
import { repeatKeyedWrite } from './platform-call'
import type { Scope } from './scope'

export type Customer = bp.LiveChatCustomerState
/** A message waits no longer than this for its renewed token to be kept. */
const keepBudgetMs = 2_000

/** Renewed this long before the end, so that a token does not end during an operation. */
const renewBeforeExpiryMs = 5 * 60_000

/** The customers kept for a user. Those of another app or organization are of no use and count as none. */
export const loadCustomers = async (scope: Scope, botpressUserId: string): Promise<Customers> =>
  scope.memory.customers.get(scope.key('customers', botpressUserId)) ?? (await readCustomers(scope, botpressUserId))

const readCustomers = async (scope: Scope, botpressUserId: string): Promise<Customers> => {
  const stored = await readState(scope, botpressUserId)
  const loaded: Customers = { customers: stored ?? [] }
  // That there is none is not remembered: another worker may be making the first one.
  if (loaded.customers.length > 0) scope.memory.customers.set(scope.key('customers', botpressUserId), loaded)
  return loaded
}

/** What other workers have kept since `known` was read. */
export const customersKeptSince = async (
  scope: Scope,
  botpressUserId: string,
  { customers: known }: Customers,
): Promise<Customer[]> => {
  // That there is none has just been read.
  if (known.length === 0) return []
  const { customers } = await readCustomers(scope, botpressUserId)
  return customers.filter(({ customerId }) => !known.some((each) => each.customerId === customerId))
}

const readState = async (scope: Scope, botpressUserId: string): Promise<Customer[] | undefined> => {
  try {
    const { state } = await scope.client.getState({ type: 'user', id: botpressUserId, name: 'livechatCustomers' })
    const { clientId, organizationId, customers } = state.payload
    return clientId === scope.app.clientId && organizationId === scope.app.organizationId ? customers : undefined
  } catch (error) {
    if (isApiError(error) && error.type === 'ResourceNotFound') return undefined
    throw error
  }
}

/** The customer as whom a session writes. @throws LiveChatIdentityLostError when it is no longer kept */
export const customerOf = async (
  scope: Scope,
  { botpressUserId, livechatCustomerId }: { botpressUserId: string; livechatCustomerId: string },
): Promise<CustomerApi> => {
  const find = ({ customers }: Customers): Customer | undefined =>
    customers.find(({ customerId }) => customerId === livechatCustomerId)
  // Another worker may have added the customer since this one read the state.
  const customer = find(await loadCustomers(scope, botpressUserId)) ?? find(await readCustomers(scope, botpressUserId))
  if (!customer) throw new LiveChatIdentityLostError(livechatCustomerId)
  return apiFor(scope, botpressUserId, customer)
}

/** A new LiveChat customer, whom nobody keeps yet. */
export const newCustomer = async (scope: Scope): Promise<Customer> => {
  const token = await requestCustomerToken(scope.runtime, scope.memory.http, scope.app, undefined, scope.deadline)
  return toCustomer(token, undefined)
}

/** Must have ended before a chat is opened as this customer: a crash must not orphan the chat. */
export const keepNewCustomer = async (scope: Scope, botpressUserId: string, customer: Customer): Promise<void> => {
  const { clientId, organizationId } = scope.app
  const known = scope.memory.customers.get(scope.key('customers', botpressUserId))?.customers ?? []
  if (known.length === 0) {
    const payload = { clientId, organizationId, customers: [customer] }
    const { state } = await repeatKeyedWrite(() =>
      scope.client.getOrSetState({ type: 'user', id: botpressUserId, name: 'livechatCustomers', payload }),
    )
    const isKept = state.payload.customers.some(({ customerId }) => customerId === customer.customerId)
    if (isKept) {
      scope.memory.customers.set(scope.key('customers', botpressUserId), { customers: [customer] })
      return
    }
  }
  await mergeIntoState(scope, botpressUserId, (customers) => [...customers, customer])
}

/**
 * Keeps a further customer once more if another worker, renewing a token of the first at the same moment, has written it
 * over: without it the session that has just been opened could say nothing.
 */
export const confirmKept = async (scope: Scope, botpressUserId: string, customer: Customer): Promise<void> => {
  const { customers } = await readCustomers(scope, botpressUserId)
  if (customers.some(({ customerId }) => customerId === customer.customerId)) return
  await mergeIntoState(scope, botpressUserId, (kept) => [...kept, customer])
}

/** LiveChat will never again open a chat as this customer. */
export const dropCustomer = (scope: Scope, botpressUserId: string, dropped: string): Promise<void> =>
  mergeIntoState(scope, botpressUserId, (customers) => customers.filter(({ customerId }) => customerId !== dropped))

/** No compare-and-set exists: reading right before writing keeps the window in which another worker is overwritten small. */
const mergeIntoState = (
  scope: Scope,
  botpressUserId: string,
  change: (customers: Customer[]) => Customer[],
): Promise<void> =>
  scope.memory.inTurn(
    scope.key('customers-state', botpressUserId),
    () => mergeNow(scope, botpressUserId, change),
    scope.deadline.signal,
  )

const mergeNow = async (
  scope: Scope,
  botpressUserId: string,
  change: (customers: Customer[]) => Customer[],
): Promise<void> => {
  const { clientId, organizationId } = scope.app
  const customers = change((await readState(scope, botpressUserId)) ?? [])
  await scope.client.setState({
    type: 'user',
    id: botpressUserId,
    name: 'livechatCustomers',
    payload: { clientId, organizationId, customers },
  })
  scope.memory.customers.set(scope.key('customers', botpressUserId), { customers })
}

const toCustomer = (token: CustomerToken, region: string | undefined): Customer => ({
  customerId: token.customerId,
  secret: token.secret,
  accessToken: token.accessToken,
  accessTokenExpiresAtMs: token.accessTokenExpiresAtMs,
  ...(region === undefined ? {} : { region }),
})

/** LiveChat's API as one kept customer. */
export const apiFor = (scope: Scope, botpressUserId: string, customer: Customer): CustomerApi =>
  createCustomerApi(
    scope.runtime,
    scope.memory.http,
    scope.app.organizationId,
    createCredentials(
      scope,
      customer,
      (renewed) => keepRenewed(scope, botpressUserId, renewed),
      () => dropCustomer(scope, botpressUserId, customer.customerId),
    ),
    scope.deadline,
  )

const keepRenewed = async (scope: Scope, botpressUserId: string, renewed: Customer): Promise<void> => {
  try {
    await withDeadline(scope.runtime, keepBudgetMs, () =>
      mergeIntoState(scope, botpressUserId, (customers) =>
        customers.map((kept) => (kept.customerId === renewed.customerId ? renewed : kept)),
      ),
    )
  } catch (error) {
    // The new token works; the next worker only renews once more.
    scope.log.warn('renewed_token_not_kept', { botpressUserId, error: error instanceof Error ? error.name : 'unknown' })
  }
}

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
    scope.memory.renewals(
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
