import { describe, expect, it } from 'vitest'
import { customerDetails, sessionFields } from './customer-details'

const endUser = { id: 'user_1', tags: {} }
const numbered = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`field${index}`, `value${index}`]))

describe('customerDetails', () => {
  it('shows the name, e-mail address, picture and Botpress user id', () => {
    const details = customerDetails(
      { id: 'user_1', name: 'Plum', pictureUrl: 'https://example.com/plum.png', tags: { email: 'plum@example.com' } },
      { order: '17' },
    )
    expect(details).toEqual({
      name: 'Plum',
      email: 'plum@example.com',
      avatar: 'https://example.com/plum.png',
      session_fields: [{ botpress_user_id: 'user_1' }, { order: '17' }],
    })
  })

  it.each([
    ['an absent name', { ...endUser }],
    ['a placeholder for a name', { ...endUser, name: 'Unknown User' }],
    ['a blank name', { ...endUser, name: '  ' }],
    ['a made-up address', { ...endUser, tags: { email: 'x@hitl.botpress.invalid' } }],
    ['an empty address', { ...endUser, tags: { email: '' } }],
    ['a picture that is no web address', { ...endUser, pictureUrl: 'data:image/png;base64,AAAA' }],
    ['a picture that runs a script', { ...endUser, pictureUrl: 'javascript:alert(1)' }],
    ['an empty picture', { ...endUser, pictureUrl: '' }],
  ])('leaves out %s, so that it replaces nothing on the card', (_, someone) => {
    expect(customerDetails(someone, {})).toEqual({ session_fields: [{ botpress_user_id: 'user_1' }] })
  })

  it.each(['https://example.com/1', 'http://example.com/1', 'HTTPS://EXAMPLE.COM/1'])(
    'accepts the picture %s',
    (pictureUrl) => {
      expect(customerDetails({ ...endUser, pictureUrl }, {})).toMatchObject({ avatar: pictureUrl })
    },
  )

  it('stays below LiveChat’s limit of fields', () => {
    expect(customerDetails(endUser, numbered(500)).session_fields).toHaveLength(91)
  })

  it('gives each field an entry of its own, in the bot’s order', () => {
    const fields = customerDetails(endUser, { b: '1', a: '2' }).session_fields
    expect(fields?.slice(1)).toEqual([{ b: '1' }, { a: '2' }])
  })
})

describe('the fields on the card', () => {
  const onCard = (fields: Record<string, string>) =>
    Object.assign({}, ...(customerDetails(endUser, fields).session_fields ?? [])) as Record<string, string>

  it('leave out empty ones, because LiveChat would refuse all fields', () => {
    expect(onCard({ order: ' ', '': 'x', '  ': 'y', size: '40' })).toEqual({ botpress_user_id: 'user_1', size: '40' })
  })

  it('never replace the Botpress user id', () => {
    expect(onCard({ botpress_user_id: 'somebody else' })).toEqual({ botpress_user_id: 'user_1' })
  })

  it('are short enough to read at a glance and show where they are cut', () => {
    const card = onCard({ ['n'.repeat(5_000)]: 'v'.repeat(5_000) })
    const [name = '', value = ''] = Object.entries(card).at(-1) ?? []
    expect(name).toHaveLength(101)
    expect(value).toHaveLength(501)
    expect(name).toContain('…')
    expect(value).toContain('…')
  })
})

describe('sessionFields', () => {
  it.each([
    ['a phone number', { phone: ' +48 123 456 789 ' }, { Phone: '+48 123 456 789' }],
    ['a language', { language: 'pl' }, { Language: 'pl' }],
    ['custom fields', { customFields: { order: '17' } }, { order: '17' }],
    [
      'all, phone and language first',
      { phone: '1', language: 'de', customFields: { order: '17' } },
      { Phone: '1', Language: 'de', order: '17' },
    ],
    ['nothing', {}, {}],
    ['nothing for blank values', { phone: ' ', language: '' }, {}],
    ['a custom field in place of ours of the same name', { phone: '1', customFields: { Phone: '2' } }, { Phone: '2' }],
  ])('holds %s', (_, facts, fields) => {
    expect(sessionFields(facts)).toEqual(fields)
    expect(Object.keys(sessionFields(facts))).toEqual(Object.keys(fields))
  })
})
