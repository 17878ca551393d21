import { describe, expect, it } from 'vitest'
import {
  isApiErrorOfType,
  LiveChatAccountsError,
  LiveChatApiError,
  LiveChatError,
  LiveChatIdentityLostError,
  LiveChatNetworkError,
  LiveChatSchemaError,
  LiveChatTimeoutError,
} from './errors'

describe('an API error', () => {
  it.each([
    ['internal', 500],
    ['request_timeout', 408],
    ['unknown', 500],
    ['unknown', 502],
    ['unknown', 504],
  ])('%s with status %i may be tried again, and may have landed', (type, status) => {
    expect(new LiveChatApiError('send_event', type, status)).toMatchObject({ retryable: true, mayHaveLanded: true })
  })

  it.each([
    ['too_many_requests', 429],
    ['service_unavailable', 503],
    ['unknown', 429],
  ])('%s with status %i may be tried again and certainly had no effect', (type, status) => {
    expect(new LiveChatApiError('send_event', type, status)).toMatchObject({ retryable: true, mayHaveLanded: false })
  })

  it.each([
    ['authentication', 401],
    ['authorization', 403],
    ['validation', 400],
    ['validation', 422],
    ['misdirected_request', 421],
    ['limit_reached', 422],
    ['chat_limit_reached', 422],
    ['chat_already_active', 422],
    ['chat_inactive', 422],
    ['chat_anonymized', 422],
    ['customer_banned', 403],
    ['groups_offline', 422],
    ['group_not_found', 404],
    ['entity_too_large', 413],
    ['not_found', 404],
    ['license_expired', 402],
    ['license_not_found', 404],
    ['unsupported_version', 400],
    ['wrong_product_version', 400],
    ['something_new', 400],
    ['unknown', 404],
  ])('%s with status %i is final and certainly had no effect', (type, status) => {
    expect(new LiveChatApiError('send_event', type, status)).toMatchObject({ retryable: false, mayHaveLanded: false })
  })

  it('says which call was refused and why', () => {
    const error = new LiveChatApiError('send_event', 'chat_inactive', 422, { message: 'what LiveChat wrote' })
    expect(error.message).toBe('LiveChat refused send_event: chat_inactive (HTTP 422)')
    expect(error.name).toBe('LiveChatApiError')
  })
})

describe('an error of the accounts server', () => {
  it.each([
    ['server_error', 500],
    ['server_error', 400],
    ['temporarily_unavailable', 401],
    ['unknown', 500],
    ['unknown', 503],
    ['unknown', 429],
  ])('%s with status %i may be tried again', (exception, status) => {
    expect(new LiveChatAccountsError(exception, undefined, status).retryable).toBe(true)
  })

  it.each([
    ['invalid_request', 401],
    ['unauthorized_client', 401],
    ['access_denied', 403],
    ['invalid_client', 401],
    ['something_new', 400],
    ['unknown', 404],
  ])('%s with status %i is final', (exception, status) => {
    expect(new LiveChatAccountsError(exception, undefined, status).retryable).toBe(false)
  })

  it.each([
    [undefined, "LiveChat's accounts server refused: invalid_request (HTTP 401)"],
    ['client_id_not_found', "LiveChat's accounts server refused: invalid_request, client_id_not_found (HTTP 401)"],
  ])('says what was refused, with details %j', (details, message) => {
    expect(new LiveChatAccountsError('invalid_request', details, 401).message).toBe(message)
  })
})

describe('a broken exchange', () => {
  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])(
    'that ended in %s never reached LiveChat',
    (code) => {
      expect(new LiveChatNetworkError('send_event', code)).toMatchObject({ retryable: true, mayHaveLanded: false })
    },
  )

  it.each(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ERR_BAD_RESPONSE', 'unknown'])(
    'that ended in %s may have reached LiveChat',
    (code) => {
      expect(new LiveChatNetworkError('send_event', code)).toMatchObject({ retryable: true, mayHaveLanded: true })
    },
  )

  it('without an answer in time may have reached LiveChat', () => {
    expect(new LiveChatTimeoutError('send_event')).toMatchObject({ retryable: true, mayHaveLanded: true })
  })
})

describe('a successful answer that we cannot use', () => {
  it('has landed, and another attempt would not change its shape', () => {
    expect(new LiveChatSchemaError('send_event', ['event_id'])).toMatchObject({ retryable: false, mayHaveLanded: true })
  })

  it('names the fields', () => {
    expect(new LiveChatSchemaError('get_chat', ['id', 'thread.active']).message).toBe(
      "LiveChat's answer to get_chat lacks: id, thread.active",
    )
  })
})

describe('every error of LiveChat', () => {
  it.each<LiveChatError>([
    new LiveChatApiError('send_event', 'internal', 500),
    new LiveChatAccountsError('server_error', undefined, 500),
    new LiveChatNetworkError('send_event', 'ECONNRESET'),
    new LiveChatTimeoutError('send_event'),
    new LiveChatSchemaError('send_event', ['event_id']),
    new LiveChatIdentityLostError('c1'),
  ])('$name has a class and a name of its own', (error) => {
    expect(error).toBeInstanceOf(LiveChatError)
    expect(error).toBeInstanceOf(Error)
    expect(error.name).toBe(error.constructor.name)
  })
})

describe('isApiErrorOfType', () => {
  const error = new LiveChatApiError('send_event', 'chat_inactive', 422)

  it.each([
    [['chat_inactive'], true],
    [['not_found', 'chat_inactive'], true],
    [['not_found'], false],
    [[], false],
  ])('for %j is %j', (types, is) => {
    expect(isApiErrorOfType(error, ...types)).toBe(is)
  })

  it.each([new Error('chat_inactive'), { type: 'chat_inactive' }, 'chat_inactive', undefined, null])(
    'for %o, which is no API error, is false',
    (other) => {
      expect(isApiErrorOfType(other, 'chat_inactive')).toBe(false)
    },
  )
})
