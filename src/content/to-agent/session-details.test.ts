import { describe, expect, it } from 'vitest'
import { readSessionDetails, WrongGroupError } from './session-details'

const nothing = {
  groupId: undefined,
  language: undefined,
  phone: undefined,
  tags: [],
  customFields: {},
  unused: [],
}

describe('readSessionDetails', () => {
  it.each<[string, unknown, object]>([
    ['nothing', undefined, {}],
    ['null', null, {}],
    ['an empty text', '', {}],
    [
      'fields as the Studio leaves them',
      { groupId: null, phone: null, language: null, tags: null, customFields: null, customFieldsText: null },
      {},
    ],
    ['empty texts', { groupId: '', phone: ' ', language: '', tags: '', customFields: '' }, {}],
    ['empty lists and maps', { tags: [], customFields: {} }, {}],
    [
      'null inside a list and a map',
      { tags: ['vip', null, ''], customFields: { Order: null, Plan: '', Size: 'L' } },
      { tags: ['vip'], customFields: { Size: 'L' } },
    ],
    ['a number as text', { groupId: ' 3 ' }, { groupId: 3 }],
    ['the default group', { groupId: 0 }, { groupId: 0 }],
    [
      'long texts',
      { phone: '1'.repeat(60), language: 'x'.repeat(30) },
      { phone: '1'.repeat(60), language: 'x'.repeat(30) },
    ],
    [
      'numbers and yes or no',
      { phone: 48123, tags: [7, true], customFields: { Order: 4711, VIP: false } },
      { phone: '48123', tags: ['7', 'true'], customFields: { Order: '4711', VIP: 'false' } },
    ],
    [
      'lists and maps in a map',
      { customFields: { Items: ['kettle', 2, null], Deep: { a: [1] }, Empty: {} } },
      { customFields: { Items: 'kettle, 2', Deep: '{"a":[1]}' } },
    ],
    [
      'custom fields as lines of text, as Windows writes them, too',
      { customFieldsText: 'Order: 4711\r\nNote: see https://example.com/a: b\n\n : x\nPlan:\nno colon' },
      {
        customFields: { Order: '4711', Note: 'see https://example.com/a: b' },
        unused: ['customFieldsText[3]', 'customFieldsText[5]'],
      },
    ],
    [
      'a map beside lines of text: the map counts',
      { customFieldsText: 'Order: 1\nSize: L', customFields: { Order: '4711' } },
      { customFields: { Order: '4711', Size: 'L' } },
    ],
    ['lines of text in place of the map', { customFields: 'Order: 4711' }, { customFields: { Order: '4711' } }],
    ['a map in place of the lines', { customFieldsText: { Order: 1 } }, { unused: ['customFieldsText'] }],
    ['tags in one text', { tags: 'vip, new' }, { tags: ['vip', 'new'] }],
    [
      'a map where a text should be',
      { phone: { home: '1' }, tags: { a: 1 }, customFields: ['x'] },
      { unused: ['phone', 'tags', 'customFields'] },
    ],
    ['an odd tag', { tags: ['vip', { a: 1 }] }, { tags: ['vip'], unused: ['tags[1]'] }],
    [
      'fields that we do not know',
      { department: 'x', priority: null, 'words of a person': 'y' },
      { unused: ['department', '(unusual name)'] },
    ],
    ['a list in place of all', ['x'], { unused: ['hitlSession'] }],
  ])('reads %s', (_, given, told) => {
    expect(readSessionDetails(given)).toEqual({ ...nothing, ...told })
  })

  it.each([['sales'], [-1], [1.5], ['1.5'], [{}], [['3']], [true], [1e30], ['９']])(
    'refuses the group %j',
    (groupId) => {
      expect(() => readSessionDetails({ groupId })).toThrow(WrongGroupError)
    },
  )
})
