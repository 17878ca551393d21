import {
  ForbiddenError,
  InternalError,
  InvalidPayloadError,
  PaymentRequiredError,
  QuotaExceededError,
} from '@botpress/client'
import { RuntimeError } from '@botpress/sdk'
import { describe, expect, it } from 'vitest'
import {
  LiveChatAccountsError,
  LiveChatApiError,
  LiveChatIdentityLostError,
  LiveChatNetworkError,
  LiveChatSchemaError,
  LiveChatTimeoutError,
} from '../../livechat/errors'
import { DeadlineExceededError } from '../../shared/deadline'
import { explain, toRuntimeError } from './explain'
import { MustRepeatError, PlatformAnswerError } from './platform-errors'

const redirectUri = 'https://webhook.botpress.cloud/hook-1'
const accounts = (exception: string, details?: string, status = 401) =>
  new LiveChatAccountsError(exception, details, status, redirectUri)
const api = (type: string, status = 422) => new LiveChatApiError('start_chat', type, status)

describe('explain, for errors of the accounts server,', () => {
  it.each([
    ['unauthorized_client', 'client_id_not_found', ['"Client ID"', 'App Authorization']],
    [
      'unauthorized_client',
      'invalid_redirect_uri',
      ['Redirect URI whitelist', 'App Authorization', 'save there, then save here', redirectUri],
    ],
    [
      'invalid_request',
      'redirect_uri_not_set',
      ['Redirect URI whitelist', 'App Authorization', 'save there, then save here', redirectUri],
    ],
    ['unauthorized_client', undefined, ['"Client ID"', 'App Authorization', redirectUri]],
    ['invalid_client', undefined, ['"Client ID"', 'App Authorization', redirectUri]],
    ['resource_not_found', undefined, ['"Organization ID"', 'Settings > Account']],
    ['bad_request', undefined, ['"Organization ID"', 'Settings > Account']],
    ['invalid_request', undefined, ['"Organization ID"', 'Settings > Account']],
    ['invalid_grant', undefined, ['"Organization ID"', 'Settings > Account']],
    ['access_denied', undefined, ['Developer Console > Apps > your app > Private Installation', 'Banned customers']],
    ['forbidden', undefined, ['Developer Console > Apps > your app > Private Installation', 'Banned customers']],
    ['something_new', undefined, ['"something_new"', '"Client ID"', '"Organization ID"']],
  ])('names the field and the click for %s with details %j', (exception, details, words) => {
    const sentence = explain(accounts(exception, details))
    for (const word of words) expect(sentence).toContain(word)
  })

  it.each([
    ['server_error', undefined],
    ['temporarily_unavailable', undefined],
    ['unauthorized_client', 'too_many_redirects'],
  ])('asks only for patience after %s with details %j', (exception, details) => {
    expect(explain(accounts(exception, details))).toMatch(/Nothing needs to be changed/)
  })

  it.each(['invalid_redirect_uri', 'redirect_uri_not_set'])(
    'ends with exactly the address to add after %s, so that it can be copied',
    (details) => {
      expect(explain(accounts('invalid_request', details))).toMatch(
        /exactly: https:\/\/webhook\.botpress\.cloud\/hook-1$/,
      )
    },
  )

  it('describes the address in words when it is not known', () => {
    expect(explain(new LiveChatAccountsError('invalid_request', 'invalid_redirect_uri', 401))).toMatch(
      /exactly: the webhook URL of the integration$/,
    )
  })
})

/** Every type that LiveChat's pages and SDKs name. */
const documentedTypes = [
  ...['agent_offline', 'already_exists', 'authentication', 'authorization', 'chat_already_active', 'chat_anonymized'],
  ...['chat_inactive', 'chat_limit_reached', 'customer_banned', 'customer_session_fields_limit_reached'],
  ...['entity_too_large', 'greeting_not_found', 'group_not_found', 'group_offline', 'group_unavailable'],
  ...['groups_offline', 'internal', 'license_expired', 'license_not_found', 'limit_reached', 'misdirected_request'],
  ...['missing_access', 'not_allowed', 'not_found', 'ownership_transfer', 'pending_requests_limit_reached'],
  ...['request_timeout', 'requester_already_offline', 'requester_awaiting_approval', 'requester_suspended'],
  ...['seats_limit_exceeded', 'service_unavailable', 'too_many_requests', 'unsupported_version', 'users_limit_reached'],
  ...['validation', 'wrong_product_version'],
]

describe('explain', () => {
  it.each([
    ['groups_offline', /nobody is online.*"When nobody is online"/],
    ['group_not_found', /"Group ID"/],
    ['customer_banned', /banned.*Banned customers/],
    ['chat_inactive', /closed/],
    ['chat_anonymized', /anonymized/],
    ['license_expired', /Renew the subscription/],
    ['license_not_found', /"Organization ID"/],
    ['authentication', /"Client ID" again from .*App Authorization, and "Organization ID" from .*Account/],
    ['authorization', /app belongs to the organization/],
    ['entity_too_large', /10 MB/],
    ['too_many_requests', /try again later/],
    ['wrong_product_version', /LiveChat support/],
  ])('says what %s means for the bot’s owner', (type, words) => {
    expect(explain(api(type))).toMatch(words)
  })

  it.each(documentedTypes)('has a sentence for %s that says who can do what', (type) => {
    const sentence = explain(api(type))
    expect(sentence).not.toContain(`error "${type}". Look`)
    expect(sentence).toMatch(
      /\b(Check|Correct|Copy|Try|try again|Set|set|Ask|ask|Renew|Close|Let|See|Look|Make|Nothing needs to be changed|An administrator can|The end user|10 MB)\b/,
    )
    expect(sentence).toMatch(/\.$/)
  })

  it('names the call and the error type when it does not know the type', () => {
    expect(explain(api('something_new'))).toMatch(
      /^LiveChat refused "start_chat" with error "something_new"\. Look for/,
    )
  })

  it.each([400, 401, 404, 413, 421, 502, 503, 504])(
    'never sends the owner to a setting when something else than LiveChat answers with status %i',
    (status) => {
      for (const error of [api('unknown', status), accounts('unknown', undefined, status)]) {
        const sentence = explain(error)
        expect(sentence).toMatch(/Nothing needs to be changed/)
        expect(sentence).not.toMatch(/"|Client ID|Organization ID|Check|Copy|token/)
      }
    },
  )

  it.each([403, 407, 451])(
    'sends the owner to the administrator of the network when something on the way answers with status %i',
    (status) => {
      for (const error of [api('unknown', status), accounts('unknown', undefined, status)]) {
        const sentence = explain(error)
        expect(sentence).toMatch(/administrator allow accounts\.livechat\.com and api\.livechatinc\.com/)
        expect(sentence).toMatch(/The configuration is not the cause/)
        expect(sentence).not.toMatch(/Nothing needs to be changed|"|Client ID|Organization ID|Copy|token/)
      }
    },
  )

  it('takes a web page with status 200 for the answer of a proxy, not for a new version of LiveChat', () => {
    const sentence = explain(new LiveChatSchemaError('customer token', ['(not JSON)']))
    expect(sentence).toMatch(/does not come from LiveChat itself.*such as a proxy/)
    expect(sentence).not.toMatch(/update|version/)
  })

  it.each([
    ['the chat API, in LiveChat’s words', api('too_many_requests', 429)],
    ['the chat API, without a word', api('unknown', 429)],
    ['the accounts server', accounts('unknown', undefined, 429)],
    ['the accounts server, in its words', accounts('temporarily_unavailable', undefined, 429)],
  ])('says that LiveChat limits the calls after a 429 of %s', (_, error) => {
    expect(explain(error)).toMatch(/limiting the number of calls.*try again later/)
  })

  it.each([
    ['an internal error', api('internal', 500)],
    ['a service that is down', api('service_unavailable', 503)],
    ['a bare 502', api('unknown', 502)],
    ['no connection', new LiveChatNetworkError('start_chat', 'ENOTFOUND')],
    ['no answer', new LiveChatTimeoutError('start_chat')],
    ['a fault of the accounts server', accounts('server_error', undefined, 500)],
  ])('says that nothing needs to be changed after %s', (_, error) => {
    expect(explain(error)).toMatch(/could not be reached.*Nothing needs to be changed/)
  })

  it.each([
    ['an answer of a new shape', new LiveChatSchemaError('get_chat', ['thread.id']), /thread\.id.*update/],
    ['a lost identity', new LiveChatIdentityLostError('customer-1'), /session cannot go on.*next session/],
    ['a refusal by Botpress', new InvalidPayloadError('private words'), /Botpress refused.*InvalidPayload/],
    ['a bill to pay at Botpress', new PaymentRequiredError('private words'), /bill is paid/],
    ['a used-up quota of Botpress', new QuotaExceededError('private words'), /quota/],
    ['the page of a proxy', new PlatformAnswerError('private words'), /Botpress could not be reached.*try again/],
    ['an end that must be repeated', new MustRepeatError(new ForbiddenError('x')), /Botpress could not be reached/],
    ['a fault of Botpress', new InternalError('private words'), /Botpress could not be reached.*try again/],
    ['time that has run out', new DeadlineExceededError('Not done within 8000 ms'), /took too long.*try again/],
    ['a mistake of our own', new TypeError('private words'), /unexpected error.*log/],
    ['something thrown that is no error', 'private words', /unexpected error.*log/],
  ])('says what follows from %s', (_, error, words) => {
    expect(explain(error)).toMatch(words)
  })

  it.each([
    new LiveChatApiError('start_chat', 'validation', 422, { message: 'private words' }),
    new LiveChatIdentityLostError('private words'),
    new ForbiddenError('private words'),
    new Error('private words'),
    'private words',
  ])('repeats nothing private from %s', (error) => {
    expect(explain(error)).not.toContain('private words')
  })

  it.each(['toString', 'constructor', '__proto__', 'hasOwnProperty'])(
    'does not mistake the type %s for a known one',
    (type) => {
      expect(explain(api(type))).toContain(`LiveChat refused "start_chat" with error "${type}".`)
    },
  )
})

describe('toRuntimeError', () => {
  it('says what failed, then why', () => {
    const error = toRuntimeError('The chat could not be closed', api('license_expired'))
    expect(error).toBeInstanceOf(RuntimeError)
    expect(error.message).toBe(
      'The chat could not be closed: the LiveChat license has expired. Renew the subscription in LiveChat.',
    )
  })

  it('keeps a sentence that was written for the bot’s owner as it is', () => {
    const sentence = new RuntimeError('"Group ID" is wrong.')
    expect(toRuntimeError('x', sentence)).toBe(sentence)
  })

  it('shows Botpress only the sentence', () => {
    const inner = new LiveChatApiError('start_chat', 'validation', 422, { message: 'private words' })
    expect(JSON.stringify(toRuntimeError('x', inner))).not.toContain('private words')
  })
})
