import { afterEach, beforeEach, expect, it } from 'vitest'
import { requestAs } from './testing/request-as'
import { setUp, type SetUp } from './testing/set-up'

let sandbox: SetUp

beforeEach(async () => {
  sandbox = await setUp()
})
afterEach(() => sandbox.close())

const url = (rest = '') => `${sandbox.botpress.url}/${sandbox.installation.webhookId}${rest}`

it('passes a request on unchanged, and returns the answer', async () => {
  sandbox.integration.on('webhook_received', () => ({ status: 202, body: 'taken', headers: { 'x-note': 'n' } }))
  const response = await fetch(url('/hooks?a=1&b=2'), { method: 'POST', body: '{"ü":1}', headers: { 'X-Thing': 'T' } })
  expect([response.status, await response.text(), response.headers.get('x-note')]).toEqual([202, 'taken', 'n'])
  expect(sandbox.integration.bodies('webhook_received')).toMatchObject([
    { req: { method: 'POST', path: '/hooks', query: 'a=1&b=2', body: '{"ü":1}', headers: { 'x-thing': 'T' } } },
  ])
})

it('omits the body when there is none', async () => {
  await fetch(url())
  expect(sandbox.integration.bodies('webhook_received')[0]?.req).toMatchObject({ method: 'GET', path: '/', query: '' })
  expect(sandbox.integration.bodies('webhook_received')[0]?.req).not.toHaveProperty('body')
})

it('returns errors and redirects of the integration', async () => {
  sandbox.integration.on('webhook_received', () => ({
    status: 302,
    headers: { location: 'https://example.com' },
    body: '',
  }))
  expect((await fetch(url(), { redirect: 'manual' })).headers.get('location')).toBe('https://example.com')
  sandbox.integration.on('webhook_received', () => ({ status: 401, body: 'no' }))
  expect((await fetch(url(), { method: 'POST', body: 'x' })).status).toBe(401)
})

it('accepts requests for the public host, and answers 404 once uninstalled', async () => {
  const send = () => requestAs('webhook.botpress.cloud', url(), { method: 'POST', body: 'x' })
  expect((await send()).status).toBe(200)
  await sandbox.installation.uninstall()
  expect((await send()).status).toBe(404)
  expect(sandbox.integration.bodies('webhook_received')).toHaveLength(1)
})

it('answers 502 when the integration does not run', async () => {
  sandbox.installation.moveTo('http://127.0.0.1:9')
  expect((await fetch(url(), { method: 'POST', body: 'x' })).status).toBe(502)
})

it('writes call and operation into the ledger', async () => {
  const mark = sandbox.ledger.mark()
  await fetch(url(), { method: 'POST', body: 'x' })
  expect(sandbox.ledger.since(mark).map(({ kind, name, status }) => [kind, name, status])).toEqual([
    ['delivery', 'operation/webhook_received', 200],
    ['call', 'webhook/receive', 200],
  ])
})
