import { expect } from 'vitest'
import { VirtualClock } from '../clock'
import { Faults } from '../faults'
import { Ledger } from '../ledger'
import { seededRandom } from '../random'
import { startLiveChat, type LiveChatEmulator, type LiveChatKnobs, type NewWebhook } from './index'

export const CLIENT_ID = '9cbf3a968289727cb3cdfe83ab1d9836'
export const REDIRECT_URI = 'https://webhook.example.com/abc'
export const AMBER = 'amber@example.com'
export const BIRCH = 'birch@example.com'

export type Json = Record<string, unknown>
export type Answer = { status: number; body: Json; text: string; headers: Headers }
export type Received = { action: string; payload: Json; url: string; body: Json }

/** A customer of the emulator with a token, as an integration would hold it. */
export type TestCustomer = { id: string; token: string; cookie: string }

export type Bench = {
  livechat: LiveChatEmulator
  clock: VirtualClock
  ledger: Ledger
  faults: Faults
  /** Every webhook that arrived, including redeliveries. */
  received: Received[]
  /** Decides the answer to each webhook. Default 200. */
  receiver: { answer: (received: Received, signal: AbortSignal) => Promise<number> | number }
  token: (body?: Json, headers?: Record<string, string>) => Promise<Answer>
  customer: () => Promise<TestCustomer>
  /** Calls a method of the customer API. */
  call: (who: TestCustomer | undefined, action: string, body?: Json, version?: string) => Promise<Answer>
  api: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Answer>
  get: (path: string, headers?: Record<string, string>) => Promise<Answer>
  upload: (who: TestCustomer, name: string, contentType: string, bytes: Uint8Array) => Promise<Answer>
  webhook: (action: string, more?: Partial<NewWebhook>) => string
  /** Payloads of one action, oldest first. */
  payloads: (action: string) => Json[]
  actions: () => string[]
  close: () => Promise<void>
}

/** A license with one app and, unless told otherwise, one free agent. */
export const startBench = async (knobs: Partial<LiveChatKnobs> = {}, withAgent = true): Promise<Bench> => {
  const clock = new VirtualClock()
  const ledger = new Ledger(clock)
  const faults = new Faults()
  const received: Received[] = []
  const receiver: Bench['receiver'] = { answer: () => 200 }
  const livechat = await startLiveChat({
    clock,
    ledger,
    faults,
    random: seededRandom(7),
    knobs: { deliveryGraceMs: 20, ...knobs },
    deliver: async (url, body, signal) => {
      const parsed = JSON.parse(body) as Json
      const one = { action: String(parsed['action']), payload: parsed['payload'] as Json, url, body: parsed }
      received.push(one)
      return { status: await receiver.answer(one, signal) }
    },
  })
  livechat.license.addApp({ clientId: CLIENT_ID, redirectUris: [REDIRECT_URI] })
  if (withAgent) livechat.license.addAgent({ email: AMBER, name: 'Agent Amber' })

  const send = async (method: string, path: string, init: RequestInit): Promise<Answer> => {
    const response = await fetch(`${livechat.url}${path}`, { method, ...init })
    const text = await response.text()
    const isJson = response.headers.get('content-type') === 'application/json'
    return {
      status: response.status,
      text,
      body: isJson && text ? (JSON.parse(text) as Json) : {},
      headers: response.headers,
    }
  }
  const api: Bench['api'] = (path, body, headers = {}) =>
    send('POST', path, {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    })
  const customerPath = (action: string, version = '3.6'): string =>
    `/v${version}/customer/action/${action}?organization_id=${livechat.license.organizationId}`
  const token: Bench['token'] = (body = {}, headers = {}) =>
    api(
      '/v2/customer/token',
      {
        grant_type: 'cookie',
        client_id: CLIENT_ID,
        response_type: 'token',
        organization_id: livechat.license.organizationId,
        redirect_uri: REDIRECT_URI,
        ...body,
      },
      headers,
    )

  return {
    livechat,
    clock,
    ledger,
    faults,
    received,
    receiver,
    token,
    customer: async () => {
      const { body, headers } = await token()
      const cookie = headers
        .getSetCookie()
        .map((line) => line.split(';')[0])
        .join('; ')
      return { id: String(body['entity_id']), token: String(body['access_token']), cookie }
    },
    call: (who, action, body = {}, version) =>
      api(customerPath(action, version), body, who ? { authorization: `Bearer ${who.token}` } : {}),
    api,
    get: (path, headers = {}) => send('GET', path, { headers }),
    upload: (who, name, contentType, bytes) => {
      const form = new FormData()
      form.append('file', new Blob([new Uint8Array(bytes)], { type: contentType }), name)
      return send('POST', customerPath('upload_file'), {
        body: form,
        headers: { authorization: `Bearer ${who.token}` },
      })
    },
    webhook: (action, more = {}) =>
      livechat.webhooks.register({
        action,
        url: REDIRECT_URI,
        secretKey: 'not-so-secret',
        clientId: CLIENT_ID,
        ...more,
      }),
    payloads: (action) => received.filter((one) => one.action === action).map((one) => one.payload),
    actions: () => received.map((one) => one.action),
    close: () => livechat.close(),
  }
}

/** Matchers without `any`. */
export const like = (pattern: RegExp): unknown => expect.stringMatching(pattern)
export const containing = (shape: Json): unknown => expect.objectContaining(shape)
export const something = (): unknown => expect.anything()

/** Reads a value inside JSON without a type: `dig(body, 'thread', 'events', 0, 'text')`. */
export const dig = (value: unknown, ...path: (string | number)[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown> | undefined)?.[key], value)
