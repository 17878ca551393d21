import { describe, expect, it } from 'vitest'
import { customerDetails, surplusFields } from './customer-details'

const person = { id: 'user_1', tags: {} }
const numbered = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`field${index}`, `value${index}`]))

describe('customerDetails', () => {
  it('shows name, address, picture and the id by which the bot knows the person', () => {
    const details = customerDetails(
      { id: 'user_1', name: 'Ada', pictureUrl: 'https://example.com/ada.png', tags: { email: 'ada@example.com' } },
      { order: '17' },
    )
    expect(details).toEqual({
      name: 'Ada',
      email: 'ada@example.com',
      avatar: 'https://example.com/ada.png',
      session_fields: [{ botpress_user_id: 'user_1' }, { order: '17' }],
    })
  })

  it.each([
    ['an absent name', { ...person }],
    ['a placeholder for a name', { ...person, name: 'Unknown User' }],
    ['a blank name', { ...person, name: '  ' }],
    ['an address that the plugin made up', { ...person, tags: { email: 'x@hitl.botpress.invalid' } }],
    ['an empty address', { ...person, tags: { email: '' } }],
    ['a picture that is no web address', { ...person, pictureUrl: 'data:image/png;base64,AAAA' }],
    ['a picture that runs a script', { ...person, pictureUrl: 'javascript:alert(1)' }],
    ['an empty picture', { ...person, pictureUrl: '' }],
  ])('leaves out %s, so that it replaces nothing on the card', (_, someone) => {
    expect(customerDetails(someone, {})).toEqual({ session_fields: [{ botpress_user_id: 'user_1' }] })
  })

  it.each(['https://example.com/1', 'http://example.com/1', 'HTTPS://EXAMPLE.COM/1'])(
    'takes the picture %s',
    (pictureUrl) => {
      expect(customerDetails({ ...person, pictureUrl }, {})).toMatchObject({ avatar: pictureUrl })
    },
  )

  it('stays below the number of fields that LiveChat takes', () => {
    expect(customerDetails(person, numbered(500)).session_fields).toHaveLength(91)
  })

  it('gives each field an entry of its own, in the order in which the bot named them', () => {
    const fields = customerDetails(person, { b: '1', a: '2' }).session_fields
    expect(fields?.slice(1)).toEqual([{ b: '1' }, { a: '2' }])
  })
})

describe('surplusFields', () => {
  it('is empty while all fields fit on the card', () => {
    expect(surplusFields(numbered(90))).toEqual([])
  })

  it('names exactly the fields that do not fit', () => {
    expect(surplusFields(numbered(92))).toEqual(['field90: value90', 'field91: value91'])
  })

  it('loses none: card and surplus together hold every field once', () => {
    const fields = numbered(200)
    const shown =
      customerDetails(person, fields)
        .session_fields?.slice(1)
        .flatMap((field) => Object.keys(field)) ?? []
    const told = surplusFields(fields).map((line) => line.split(': ')[0])
    expect([...shown, ...told]).toEqual(Object.keys(fields))
  })
})
