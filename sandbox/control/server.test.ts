import http from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { foreignIntegration } from '../integration/foreign'
import { startSystem, type System } from '../start-sandbox'
import { RealClock } from '../clock'
import { startControl, type ControlServer } from './server'
import type { Snapshot } from './views'

let system: System
let control: ControlServer
beforeEach(async () => {
  // These tests need no integration: nobody listens at this address.
  system = await startSystem({
    clock: new RealClock(),
    startIntegration: () => Promise.resolve(foreignIntegration('http://127.0.0.1:9')),
  })
  control = await startControl({ system, people: [{ name: 'Teal Visitor', email: 'teal@example.com' }] })
})
afterEach(async () => {
  await control.close()
  await system.close()
})

const call = (method: string, path: string, body?: unknown): Promise<Response> =>
  fetch(control.url + path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
const state = async (): Promise<Snapshot> => (await (await call('GET', '/api/state')).json()) as Snapshot

/** Requests with headers that `fetch` does not allow. */
const statusWith = (headers: http.OutgoingHttpHeaders): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    http
      .get(`${control.url}/api/state`, { headers }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
      .on('error', reject)
  })

describe('who may call', () => {
  it.each([
    ['a page of its own', { origin: 'own' }, 200],
    ['a program', {}, 200],
    ['a page from elsewhere', { origin: 'https://example.com' }, 403],
    ['a page whose name was pointed at this machine', { host: 'rebound.example.com' }, 403],
  ])('%s', async (_name, headers: { origin?: string; host?: string }, status) => {
    const sent = headers.origin === 'own' ? { origin: control.url } : headers
    expect(await statusWith(sent)).toBe(status)
  })
})

it.each([
  ['changed', 'PATCH', { webhookSecret: '' }],
  ['saved', 'POST', { clientId: 'c', organizationId: 'o', webhookSecret: '' }],
])('says which field is empty, and what belongs there, when a configuration is %s', async (_name, method, body) => {
  const response = await call(method, '/api/configuration', body)
  expect(response.status).toBe(400)
  const { error } = (await response.json()) as { error: string }
  expect(error).toMatch(/^"Webhook secret" is empty\. Fill it in.* Chat Webhooks/)
})

describe('refusals', () => {
  it.each([
    ['an unknown address', 'GET', '/api/nothing', undefined, 404],
    ['a wrong method', 'DELETE', '/api/state', undefined, 405],
    ['an unknown end user', 'POST', '/api/people/nobody/end', undefined, 404],
    ['a body that is not JSON', 'POST', '/api/people', undefined, 400],
    ['a message of an unknown type', 'POST', '/api/people/person-1/messages', { type: 'dance', payload: {} }, 400],
    ['a chat that is not there', 'POST', '/api/chats/X/pick-up', { agent: 'amber@example.com' }, 404],
    ['an unknown knob', 'PATCH', '/api/knobs', { livechat: { nothing: true } }, 400],
    ['a knob of another type', 'PATCH', '/api/knobs', { livechat: { autoAssign: 'yes' } }, 400],
    ['a fault without a route', 'POST', '/api/faults', { side: 'livechat', effect: { kind: 'hang' } }, 400],
    ['an unknown common fault', 'POST', '/api/faults/common/nothing', undefined, 404],
    ['a file from elsewhere', 'GET', '/api/files?url=https://example.com/a.png', undefined, 400],
  ])('%s', async (_name, method, path, body, status) => {
    const response = await call(method, path, body)
    expect(response.status).toBe(status)
    expect(await response.json()).toEqual({ error: expect.any(String) as string })
  })
})

describe('control', () => {
  it('adds end users, and the bot greets them', async () => {
    await call('POST', '/api/people', { name: 'Plum Visitor', email: 'plum@example.com' })
    const { people } = await state()
    expect(people.map(({ name }) => name)).toEqual(['Teal Visitor', 'Plum Visitor'])
    expect(people[1]!.messages[0]!.payload.text).toContain('Hello Plum')
  })

  it('changes agents', async () => {
    await call('PATCH', '/api/agents/amber@example.com', { status: 'offline', maxChats: 2 })
    expect((await state()).agents[0]).toMatchObject({ status: 'offline', maxChats: 2 })
  })

  it('arms, lists and clears faults', async () => {
    await call('POST', '/api/faults', {
      side: 'livechat',
      pattern: '^customer/',
      times: null,
      effect: { kind: 'hang' },
    })
    await call('POST', '/api/faults/common/deliver-twice')
    expect(await state()).toMatchObject({
      faults: [{ side: 'livechat', route: '/^customer\\//', left: null }],
      duplicatesNext: true,
    })
    await call('DELETE', '/api/faults')
    expect(await state()).toMatchObject({ faults: [], duplicatesNext: false })
  })

  it('explains each knob', async () => {
    const sides = (await (await call('GET', '/api/knobs/choices')).json()) as Record<string, { explains: string }[]>
    const texts = Object.values(sides).flatMap((knobs) => knobs.map(({ explains }) => explains))
    expect(texts.length).toBeGreaterThan(40)
    expect(texts.filter((text) => text.length < 20 || /\*\/|`/.test(text))).toEqual([])
  })

  it('changes knobs, all or none', async () => {
    await call('PATCH', '/api/knobs', { livechat: { autoAssign: false, nothing: 1 } })
    expect(system.livechat.knobs.autoAssign).toBe(true)
    await call('PATCH', '/api/knobs', { livechat: { autoAssign: false }, botpress: { pageSize: 3 } })
    expect(await (await call('GET', '/api/knobs')).json()).toMatchObject({
      livechat: { autoAssign: false },
      botpress: { pageSize: 3 },
    })
  })

  it('returns a file that an end user uploaded, and records nothing of it in the ledger', async () => {
    const upload = await fetch(`${control.url}/api/people/person-1/uploads?name=a.txt`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: 'Hello',
    })
    const { url } = (await upload.json()) as { url: string }
    const mark = system.ledger.mark()
    const file = await call('GET', `/api/files?url=${encodeURIComponent(url)}`)
    expect(await file.text()).toBe('Hello')
    expect(system.ledger.since(mark, { kind: 'call' })).toEqual([])
  })

  it('streams the state at once, and each entry of the ledger when it is made', async () => {
    const stop = new AbortController()
    const response = await fetch(`${control.url}/api/events`, { signal: stop.signal })
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    const readUntil = async (part: string): Promise<void> => {
      while (!text.includes(part)) text += (await reader.read()).value ?? ''
    }
    await readUntil('event: state')
    await call('POST', '/api/people/person-1/messages', { type: 'text', payload: { text: 'Hello' } })
    await readUntil('"end_user_said"')
    stop.abort()
  })
})
