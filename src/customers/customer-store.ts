import { requestCustomerToken } from '../livechat/accounts'
import { createCustomerApi, type CustomerApi } from '../livechat/customer-api'
import { LiveChatIdentityLostError } from '../livechat/errors'
import { bestEffort } from '../operation/best-effort'
import { budgets, readsLagMs } from '../operation/budgets'
import { repeatKeyedWrite, unlessRefused } from '../operation/failures/platform-errors'
import type { Scope } from '../operation/scope'
import { vendorNowMs } from '../operation/vendor-time'
import { declareCache } from '../shared/cache'
import { fieldsOf } from '../shared/fields'
import { createCredentials, storedCustomer, toCustomer, type Customer } from './credentials'

/** The LiveChat customers of one Botpress user under the configured app, as this process knows them. */
export type Customers = { customers: Customer[] }
const known = declareCache<Customers>(20_000)
const keyOf = (scope: Scope, botpressUserId: string): string => scope.key('customers', botpressUserId)

/** The customers stored for a user. Leaves out customers of another app or organization, because we cannot use them. */
export const loadCustomers = async (scope: Scope, botpressUserId: string): Promise<Customers> =>
  known(scope.memory).get(keyOf(scope, botpressUserId)) ?? (await readCustomers(scope, botpressUserId))

const readCustomers = async (scope: Scope, botpressUserId: string): Promise<Customers> => {
  const loaded: Customers = { customers: (await readState(scope, botpressUserId)) ?? [] }
  // Never cache an empty result: another process may be creating the first customer.
  if (loaded.customers.length > 0) known(scope.memory).set(keyOf(scope, botpressUserId), loaded)
  return loaded
}

/** The customers that other processes have stored since this process looked up `before`. */
export const customersKeptSince = async (
  scope: Scope,
  botpressUserId: string,
  { customers: before }: Customers,
): Promise<Customer[]> => {
  // An empty list is never cached, so it is new: this process has just looked it up, or has just made the user.
  if (before.length === 0) return []
  const { customers } = await readCustomers(scope, botpressUserId)
  return customers.filter(({ customerId }) => !before.some((each) => each.customerId === customerId))
}

const readState = async (scope: Scope, botpressUserId: string): Promise<Customer[] | undefined> => {
  const place = { type: 'user', id: botpressUserId, name: 'livechatCustomers' } as const
  const answer = await unlessRefused(scope.client.getState(place))
  return answer && storedCustomers(scope, answer.state)
}

/** The customers in a state. A state that was reset, or that cannot be read, holds none. */
const storedCustomers = ({ app }: Scope, state: { payload: unknown }): Customer[] | undefined => {
  const { clientId, organizationId, customers } = fieldsOf(fieldsOf(state)['payload'])
  if (clientId !== app.clientId || organizationId !== app.organizationId || !Array.isArray(customers)) return undefined
  return customers.flatMap((each: unknown) => storedCustomer(each) ?? [])
}

/** `conversationId`, `createdAtMs`: the conversation of the session, if it exists already. */
type CustomerIds = {
  botpressUserId: string
  livechatCustomerId: string
  conversationId?: string
  createdAtMs?: number
}

/** In a session so young, another process may have stored the customer, and reads do not show it yet. */
const youngForMs = 10_000

/**
 * LiveChat's API as the customer of a session. @throws LiveChatIdentityLostError when the customer is no longer stored
 */
export const customerOf = async (
  scope: Scope,
  { botpressUserId, livechatCustomerId, conversationId, createdAtMs = 0 }: CustomerIds,
): Promise<CustomerApi> => {
  const find = ({ customers }: Customers): Customer | undefined =>
    customers.find(({ customerId }) => customerId === livechatCustomerId)
  const readLater = async (): Promise<Customer | undefined> => {
    if (vendorNowMs(scope) - createdAtMs > youngForMs) return undefined
    await scope.runtime.sleep(readsLagMs, scope.deadline.signal)
    return find(await readCustomers(scope, botpressUserId))
  }
  // Another process may have added the customer since this process looked up the state.
  const customer =
    find(await loadCustomers(scope, botpressUserId)) ??
    find(await readCustomers(scope, botpressUserId)) ??
    (conversationId === undefined ? undefined : await restoreFromSession(scope, botpressUserId, conversationId)) ??
    (await readLater())
  if (customer?.customerId !== livechatCustomerId) throw new LiveChatIdentityLostError(livechatCustomerId)
  return apiFor(scope, botpressUserId, customer)
}

/** Creates a LiveChat customer. It is not stored yet. */
export const newCustomer = async (scope: Scope): Promise<Customer> => {
  const token = await requestCustomerToken(scope.runtime, scope.memory.http, scope.app, undefined, scope.deadline)
  return toCustomer(token, undefined)
}

/**
 * Stores a new customer. Wait for this before you open a chat as the customer. Otherwise, a crash leaves a chat that
 * nobody can find again.
 * @returns whether the user has other customers: then another process may overwrite this one (`keepWithSession`)
 */
export const keepNewCustomer = async (scope: Scope, botpressUserId: string, customer: Customer): Promise<boolean> => {
  const { clientId, organizationId } = scope.app
  const kept = known(scope.memory).get(keyOf(scope, botpressUserId))?.customers ?? []
  if (kept.length === 0) {
    const payload = { clientId, organizationId, customers: [customer] }
    const { state } = await repeatKeyedWrite(() =>
      scope.client.getOrSetState({ type: 'user', id: botpressUserId, name: 'livechatCustomers', payload }),
    )
    const stored = storedCustomers(scope, state) ?? []
    const isKept = stored.some(({ customerId }) => customerId === customer.customerId)
    if (isKept) {
      known(scope.memory).set(keyOf(scope, botpressUserId), { customers: [customer] })
      return false
    }
  }
  await mergeIntoState(scope, botpressUserId, (customers) => [...customers, customer])
  return true
}

/**
 * Stores a further customer of a user with the session, too. Botpress has no compare-and-set, so another process may
 * overwrite the user's customers, for example when it renews a token. Without this, the session could not go on.
 */
export const keepWithSession = async (scope: Scope, conversationId: string, customer: Customer): Promise<void> => {
  const { clientId, organizationId } = scope.app
  const payload = { clientId, organizationId, customer }
  await scope.client.setState({ type: 'conversation', id: conversationId, name: 'sessionCustomer', payload })
}

/** The customer that was stored with a session. Adds it to the user's customers again. */
const restoreFromSession = async (
  scope: Scope,
  botpressUserId: string,
  conversationId: string,
): Promise<Customer | undefined> => {
  const place = { type: 'conversation', id: conversationId, name: 'sessionCustomer' } as const
  const answer = await unlessRefused(scope.client.getState(place))
  const { clientId, organizationId, customer: kept } = fieldsOf(fieldsOf(answer?.state)['payload'])
  const isOurs = clientId === scope.app.clientId && organizationId === scope.app.organizationId
  const customer = isOurs ? storedCustomer(kept) : undefined
  if (customer) await mergeIntoState(scope, botpressUserId, (others) => [...others, customer])
  return customer
}

/** Removes a customer for which LiveChat opens no more chats. */
export const dropCustomer = (scope: Scope, botpressUserId: string, dropped: string): Promise<void> =>
  mergeIntoState(scope, botpressUserId, (customers) => customers.filter(({ customerId }) => customerId !== dropped))

/** Removes a customer that LiveChat does not know by this secret, unless there is a newer secret. Returns it with that one. */
const dropOutdated = async (
  scope: Scope,
  botpressUserId: string,
  { customerId, secret }: Customer,
): Promise<Customer | undefined> => {
  let newer: Customer | undefined
  await mergeIntoState(scope, botpressUserId, (customers) => {
    newer = customers.find((kept) => kept.customerId === customerId && kept.secret !== secret)
    return newer ? customers : customers.filter((kept) => kept.customerId !== customerId)
  })
  return newer
}

/**
 * Looks up the state right before it writes, because Botpress has no compare-and-set. So we overwrite only what another
 * process writes between these two calls.
 */
const mergeIntoState = (
  scope: Scope,
  botpressUserId: string,
  change: (customers: Customer[]) => Customer[],
): Promise<void> =>
  scope.memory.inTurn(
    scope.key('customers-state', botpressUserId),
    () => mergeInTurn(scope, botpressUserId, change),
    scope.deadline.signal,
  )

const mergeInTurn = async (
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
  known(scope.memory).set(keyOf(scope, botpressUserId), { customers })
}

/** LiveChat's API as one customer. A renewed token is stored. */
export const apiFor = (scope: Scope, botpressUserId: string, customer: Customer): CustomerApi =>
  createCustomerApi(
    scope.runtime,
    scope.memory.http,
    scope.app.organizationId,
    createCredentials(scope, customer, {
      keep: (renewed) => keepRenewed(scope, botpressUserId, renewed),
      drop: () => dropOutdated(scope, botpressUserId, customer),
      read: async () =>
        (await readState(scope, botpressUserId))?.find(({ customerId }) => customerId === customer.customerId),
    }),
    scope.deadline,
  )

/** The new token works even if we cannot store it. Then the next process renews the token once more. */
const keepRenewed = async (scope: Scope, botpressUserId: string, renewed: Customer): Promise<void> => {
  const effort = {
    budgetMs: budgets.shared.keepTokenMs,
    code: 'renewed_token_not_stored',
    fields: { botpressUserId },
  }
  await bestEffort(scope, effort, (limited) =>
    mergeIntoState(limited, botpressUserId, (customers) =>
      customers.map((kept) => (kept.customerId === renewed.customerId ? renewed : kept)),
    ),
  )
}
