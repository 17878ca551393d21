import { describe, expect, it } from 'vitest'
import { chatDeactivatedSchema, chatTransferredSchema, envelopeSchema, incomingEventSchema } from './schema'

describe('envelopeSchema', () => {
  const documented = {
    webhook_id: 'w1',
    secret_key: 'secret-1',
    action: 'chat_deactivated',
    organization_id: '390e44e6-f1e6-0368c-z6ddb-74g14508c2ex',
    payload: { chat_id: 'PJ0MRSHTDG', thread_id: 'K600PKZON8', user_id: 'b7eff798-f8df-4364-8059-649c35c9ed0c' },
    additional_data: { chat_properties: {}, chat_presence_user_ids: ['smith@example.com'] },
  }

  it.each([
    ['as documented', documented],
    ['without additional data', { ...documented, additional_data: undefined }],
    ['of an old version, with a license id', { ...documented, organization_id: undefined, license_id: 1 }],
    ['of an action that does not exist yet', { ...documented, action: 'agent_danced', payload: 'x' }],
    ['of a configuration webhook of 3.6', { ...documented, requester: { user_id: 'smith@example.com' } }],
  ])('reads an envelope %s', (_, envelope) => {
    expect(envelopeSchema.parse(envelope)).toEqual({
      action: envelope.action,
      payload: envelope.payload,
      additional_data: envelope.additional_data,
    })
  })

  it('drops the secret', () => {
    expect(JSON.stringify(envelopeSchema.parse(documented))).not.toContain('secret-1')
  })

  it.each([null, undefined, 5, 'x', [], {}, { action: '' }, { action: 5 }, { action: ['incoming_event'] }])(
    'refuses %j',
    (envelope) => {
      expect(envelopeSchema.safeParse(envelope).success).toBe(false)
    },
  )
})

describe('incomingEventSchema', () => {
  const payload = {
    chat_id: 'PJ0MRSHTDG',
    thread_id: 'K600PKZON8',
    event: { id: 'K600PKZON8_4', type: 'message', text: 'Hello', author_id: 'smith@example.com', visibility: 'all' },
  }

  it('reads the documented sample', () => {
    expect(incomingEventSchema.parse({ ...payload, something_new: 1 })).toMatchObject(payload)
  })

  it.each([
    ['chat_id', undefined],
    ['chat_id', ''],
    ['chat_id', 5],
    ['thread_id', undefined],
    ['thread_id', null],
    ['event', undefined],
    ['event', null],
    ['event', { type: 'message' }],
    ['event', { id: 'e1' }],
  ])('refuses a payload whose %s is %j', (field, value) => {
    expect(incomingEventSchema.safeParse({ ...payload, [field]: value }).success).toBe(false)
  })
})

describe('chatDeactivatedSchema', () => {
  it.each([
    ['an agent closed', { chat_id: 'PJ0MRSHTDG', thread_id: 'K600PKZON8', user_id: 'smith@example.com' }],
    ['the router closed, which names nobody', { chat_id: 'PJ0MRSHTDG', thread_id: 'K600PKZON8' }],
  ])('reads a chat that %s', (_, payload) => {
    expect(chatDeactivatedSchema.parse(payload)).toMatchObject({ chat_id: 'PJ0MRSHTDG', thread_id: 'K600PKZON8' })
  })

  it.each([{}, { chat_id: 'PJ0MRSHTDG' }, { thread_id: 'K600PKZON8' }, { chat_id: '', thread_id: 'x' }, null, 'x'])(
    'refuses %j',
    (payload) => {
      expect(chatDeactivatedSchema.safeParse(payload).success).toBe(false)
    },
  )
})

describe('chatTransferredSchema', () => {
  const documented = {
    chat_id: 'PJ0MRSHTDG',
    thread_id: 'K600PKZON8',
    requester_id: 'jones@example.com',
    reason: 'manual',
    transferred_to: { group_ids: [19], agent_ids: ['smith@example.com'] },
    queue: { position: 42, wait_time: 1337, queued_at: '2019-12-09T12:01:18.909000Z' },
  }

  it('reads the documented sample', () => {
    expect(chatTransferredSchema.parse(documented)).toMatchObject({
      chat_id: 'PJ0MRSHTDG',
      thread_id: 'K600PKZON8',
      transferred_to: { agent_ids: ['smith@example.com'] },
    })
  })

  it.each([
    ['the queue of 3.5', { queue: { position: 1, queued_at_us: '2019-12-09T12:01:18.909000Z' } }],
    ['a queue of another shape', { queue: [1] }],
    ['no queue', { queue: undefined }],
    ['a reason that does not exist yet', { reason: 'sneezed' }],
    ['no thread, as of a closed chat', { thread_id: undefined }],
    ['an empty thread, as in early versions', { thread_id: '' }],
    ['a thread that is null', { thread_id: null }],
    ['groups only', { transferred_to: { group_ids: [19] } }],
    ['nobody', { transferred_to: {} }],
    ['no target', { transferred_to: undefined }],
    ['an odd target', { transferred_to: 'smith@example.com' }],
    ['odd agents', { transferred_to: { agent_ids: 'smith@example.com' } }],
    ['an agent without a name', { transferred_to: { agent_ids: [null] } }],
  ])('reads a transfer with %s', (_, fields) => {
    expect(chatTransferredSchema.safeParse({ ...documented, ...fields }).success).toBe(true)
  })

  it.each([
    ['assigned', 'assigned'],
    ['routing.assigned', 'assigned'],
    ['routing.inactive', 'inactive'],
    ['manual', 'manual'],
    ['sneezed', 'sneezed'],
    [undefined, undefined],
  ])('reads the reason %s as %s', (reason, read) => {
    expect(chatTransferredSchema.parse({ ...documented, reason }).reason).toBe(read)
  })

  it.each([
    ['chat_id', undefined],
    ['chat_id', ''],
    ['thread_id', 5],
  ])('refuses a transfer whose %s is %j', (field, value) => {
    expect(chatTransferredSchema.safeParse({ ...documented, [field]: value }).success).toBe(false)
  })
})
