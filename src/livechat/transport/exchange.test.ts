import { describe, expect, it } from 'vitest'
import { calls, chat, createApi, message, repeatables, writesOnce } from '../../../test/helpers/scripted-customer'
import { json, refusal, type Answer } from '../../../test/helpers/scripted-livechat'
import { LiveChatNetworkError, LiveChatTimeoutError } from '../errors'

/** Tested through the Customer API, which has every kind of call. */
const lost = new LiveChatTimeoutError('any')
const reset = new LiveChatNetworkError('any', 'ECONNRESET')

describe('a refused token', () => {
  it.each(Object.entries(calls))('is renewed once and %s sent once more', async (_, call) => {
    const { api, requests, renewals, waits } = createApi([refusal('authentication', 401), call.success])
    await call.send(api)
    expect(renewals).toEqual(['dal:token-1'])
    expect(requests.map(({ headers }) => headers['authorization'])).toEqual([
      'Bearer dal:token-1',
      'Bearer dal:token-2',
    ])
    expect(waits).toEqual([])
  })

  it('is not renewed a second time', async () => {
    const { api, requests, renewals } = createApi([refusal('authentication', 401), refusal('authentication', 401)])
    await expect(api.findChat()).rejects.toMatchObject({ type: 'authentication' })
    expect(renewals).toHaveLength(1)
    expect(requests).toHaveLength(2)
  })

  it('is not the same as a call that is not allowed', async () => {
    const { api, renewals } = createApi([refusal('authorization', 403)])
    await expect(api.findChat()).rejects.toMatchObject({ type: 'authorization' })
    expect(renewals).toEqual([])
  })
})

describe('a wrong region', () => {
  it('is followed once, for a write too, since it had no effect', async () => {
    const { api, requests } = createApi([
      refusal('misdirected_request', 421, { region: 'fra' }),
      writesOnce['send_event']!.success,
    ])
    await expect(api.sendEvent('chat-1', message)).resolves.toBe('event-1')
    expect(requests.map(({ headers }) => headers['x-region'])).toEqual([undefined, 'fra'])
  })

  it('is remembered for the next call', async () => {
    const { api, requests } = createApi([
      refusal('misdirected_request', 421, { region: 'fra' }),
      json(200, chat),
      json(200, chat),
    ])
    await api.getChat('chat-1', 'thread-1')
    await api.getChat('chat-1', 'thread-1')
    expect(requests[2]?.headers['x-region']).toBe('fra')
  })

  it('is not followed in circles', async () => {
    const { api, requests } = createApi([
      refusal('misdirected_request', 421, { region: 'fra' }),
      refusal('misdirected_request', 421, { region: 'dal' }),
    ])
    await expect(api.findChat()).rejects.toMatchObject({ type: 'misdirected_request' })
    expect(requests).toHaveLength(2)
  })

  it.each([undefined, {}, { region: 5 }, 'fra'])('is final when LiveChat names none: %j', async (data) => {
    const { api, requests } = createApi([refusal('misdirected_request', 421, data)])
    await expect(api.findChat()).rejects.toMatchObject({ type: 'misdirected_request' })
    expect(requests).toHaveLength(1)
  })

  it('may come together with a refused token', async () => {
    const { api } = createApi([
      refusal('authentication', 401),
      refusal('misdirected_request', 421, { region: 'fra' }),
      json(200, chat),
    ])
    await expect(api.getChat('chat-1', 'thread-1')).resolves.toMatchObject({ id: 'chat-1' })
  })
})

describe('retrying', () => {
  it.each(Object.entries(calls))('%s is sent again after the delay that LiveChat states', async (_, call) => {
    const { api, requests, waits } = createApi([
      json(429, { error: { type: 'too_many_requests' } }, { 'retry-after': '2' }),
      call.success,
    ])
    await call.send(api)
    expect(requests).toHaveLength(2)
    expect(waits).toEqual([2_000])
  })

  it.each([
    ['a rate limit without a delay', json(429, { error: { type: 'too_many_requests' } })],
    ['a rate limit that is not JSON', { status: 429, text: 'slow down', headers: {} }],
    ['a rate limit with an unreadable delay', json(429, {}, { 'retry-after': 'soon 5' })],
    ['a service that is down', refusal('service_unavailable', 503)],
    ['no connection', new LiveChatNetworkError('send_event', 'ECONNREFUSED')],
  ])('send_event is sent again after %s', async (_, failure) => {
    const { api, waits } = createApi([failure, writesOnce['send_event']!.success])
    await expect(api.sendEvent('chat-1', message)).resolves.toBe('event-1')
    expect(waits).toEqual([750])
  })

  const ambiguous: [string, Answer][] = [
    ['no answer in time', lost],
    ['a broken connection', reset],
    ['an internal error', refusal('internal', 500)],
    ['a timeout within LiveChat', refusal('request_timeout', 408)],
    ['a bare 502', { status: 502, text: '<html>', headers: {} }],
  ]
  describe.each(ambiguous)('after %s', (_, failure) => {
    it.each(Object.entries(writesOnce))('%s is not sent again, because it may have landed', async (_name, call) => {
      const { api, requests } = createApi([failure])
      await expect(call.send(api)).rejects.toMatchObject({ mayHaveLanded: true })
      expect(requests).toHaveLength(1)
    })

    it.each(Object.entries(repeatables))('%s is sent again', async (_name, call) => {
      const { api, requests } = createApi([failure, call.success])
      await call.send(api)
      expect(requests).toHaveLength(2)
    })
  })

  it('ends with the fourth attempt', async () => {
    const { api, requests, waits } = createApi([lost, lost, lost, lost])
    await expect(api.findChat()).rejects.toBe(lost)
    expect(requests).toHaveLength(4)
    expect(waits).toEqual([750, 1_500, 1_500])
  })

  it('ends if the next delay is longer than the time that is left', async () => {
    const { api, requests } = createApi([lost, lost], { budgetMs: 2_000 })
    await expect(api.findChat()).rejects.toBe(lost)
    expect(requests).toHaveLength(2)
  })

  it.each(['validation', 'chat_inactive', 'groups_offline', 'customer_banned', 'something_new'])(
    'does not happen after %s',
    async (type) => {
      const { api, requests } = createApi([refusal(type)])
      await expect(api.sendEvent('chat-1', message)).rejects.toMatchObject({ type, mayHaveLanded: false })
      expect(requests).toHaveLength(1)
    },
  )
})
