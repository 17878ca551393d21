import { describe, expect, it } from 'vitest'
import { fakeScope } from '../../test/helpers/fake-scope'
import type { Http } from '../livechat/transport/http'
import { createCredentials, type Customer } from './credentials'

const nowMs = Date.parse('2026-01-05T09:00:00Z')

const customerWith = (secret: string): Customer => ({
  customerId: 'customer-1',
  secret,
  accessToken: `token of ${secret}`,
  accessTokenExpiresAtMs: 0,
})

/** LiveChat knows the customer only by this secret. By another one, it issues the token of a new customer. */
const knowsOnly =
  (secret: string): Http =>
  ({ headers }) => {
    const isKnown = headers['cookie'] === `__lc_cid=customer-1; __lc_cst=${secret}`
    return Promise.resolve({
      status: 200,
      headers: { 'set-cookie': ['__lc_cst=latest'] },
      text: JSON.stringify({
        access_token: 'latest token',
        entity_id: isKnown ? 'customer-1' : 'stranger',
        expires_in: 28_800,
        token_type: 'Bearer',
      }),
    })
  }

/** Renews the token of a customer whose secret was replaced. `storedAtDrop`: what another process has stored by then. */
const renew = async (storedAtDrop: Customer | undefined): Promise<string> => {
  const scope = fakeScope(() => nowMs)
  const runtime = { ...scope.runtime, sleep: () => Promise.resolve() }
  const memory = { ...scope.memory, http: knowsOnly('new') }
  const customer = customerWith('old')
  const credentials = createCredentials({ ...scope, runtime, memory }, customer, {
    keep: () => Promise.resolve(),
    read: () => Promise.resolve(customerWith('old')),
    drop: () => Promise.resolve(storedAtDrop),
  })
  return credentials.renew(customer.accessToken, scope.deadline)
}

describe('a customer whose secret another process has replaced', () => {
  it('is not lost if that process stores the new secret only when this one gives up', async () => {
    expect(await renew(customerWith('new'))).toBe('latest token')
  })

  it('is lost if nobody has stored another secret', async () => {
    await expect(renew(undefined)).rejects.toThrow(/customer-1/)
  })
})
