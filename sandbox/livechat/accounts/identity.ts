import type { Customer } from '../model'
import type { World } from '../world'

const COOKIE_LIFE_S = 63_072_000

/**
 * The customer whom the pair of cookies proves. If anything is wrong with the cookies, there is no customer and no
 * error.
 */
export const identifyByCookies = (
  world: World,
  cookieHeader: string | undefined,
  groupId: number | undefined,
): Customer | undefined => {
  const cookies = parseCookies(cookieHeader)
  const customer = world.customers.get(cookies.get('__lc_cid') ?? '')
  const endsAtMs = customer?.cookieSecrets.get(cookies.get('__lc_cst') ?? '')
  if (!customer || endsAtMs === undefined || endsAtMs <= world.clock.nowMs()) return undefined
  return customer.groupId === groupId ? customer : undefined
}

export const createCustomer = (world: World, clientId: string, groupId?: number): Customer => {
  const customer: Customer = {
    id: world.ids.uuid(),
    clientId,
    createdAt: world.now(),
    sessionFields: [],
    cookieSecrets: new Map(),
    ...(groupId === undefined ? {} : { groupId }),
  }
  world.customers.set(customer.id, customer)
  world.effect('customer_created', { customerId: customer.id, clientId })
  return customer
}

/** Both cookies as two `Set-Cookie` headers, each valid for two years from now. */
export const renewCookies = (world: World, customer: Customer, sentCookies: string | undefined): string[] => {
  const sent = parseCookies(sentCookies).get('__lc_cst')
  const isKept = sent !== undefined && customer.cookieSecrets.has(sent)
  const secret = isKept && !world.knobs.rotateCst ? sent : world.ids.hex(64)
  const endsAtMs = world.clock.nowMs() + COOKIE_LIFE_S * 1000
  customer.cookieSecrets.set(secret, endsAtMs)
  if (isKept && secret !== sent && world.knobs.newCstEndsOld) customer.cookieSecrets.delete(sent)
  else if (isKept) customer.cookieSecrets.set(sent, endsAtMs)
  return [setCookie('__lc_cid', customer.id), setCookie('__lc_cst', secret)]
}

const setCookie = (name: string, value: string): string =>
  `${name}=${value}; Domain=accounts.livechat.com; Path=/v2/customer; Max-Age=${COOKIE_LIFE_S}; HttpOnly; Secure; SameSite=None`

const parseCookies = (header: string | undefined): Map<string, string> =>
  new Map(
    (header ?? '').split(';').flatMap((pair): [string, string][] => {
      const at = pair.indexOf('=')
      return at < 0 ? [] : [[pair.slice(0, at).trim(), pair.slice(at + 1).trim()]]
    }),
  )
