import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { oddInputs, readSessionDetails, WrongGroupError } from './session-details'

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
    [
      'the words for nothing that a flow writes',
      { phone: 'undefined', language: 'null', tags: ['null'], customFields: { Order: 'undefined', Diet: 'none' } },
      { customFields: { Diet: 'none' } },
    ],
    ['a word for nothing in place of all', 'null', {}],
    ['a word for nothing in place of lists and maps', { tags: 'null', customFields: 'undefined' }, {}],
    [
      'lists and maps as JSON',
      { tags: '["vip","new"]', customFields: ' {"Order": 4711, "Plan": null}' },
      { tags: ['vip', 'new'], customFields: { Order: '4711' } },
    ],
    [
      'what only begins like JSON',
      { tags: '[vip', customFields: '{a: b' },
      { tags: ['[vip'], customFields: { '{a': 'b' } },
    ],
    ['a line with a wide colon', { customFieldsText: 'Order\uFF1A4711' }, { customFields: { Order: '4711' } }],
    ['empty lists and maps', { tags: [], customFields: {} }, {}],
    [
      'null inside a list and a map',
      { tags: ['vip', null, ''], customFields: { Order: null, Plan: '', Size: 'L' } },
      { tags: ['vip'], customFields: { Size: 'L' } },
    ],
    ['a number as text', { groupId: ' 3 ' }, { groupId: 3 }],
    ['a number as text with a zero behind the point', { groupId: '3.0' }, { groupId: 3 }],
    ['a number in wide digits', { groupId: '９' }, { groupId: 9 }],
    ['a number in a list', { groupId: [3] }, { groupId: 3 }],
    ['a number as text in a list', { groupId: ['3'] }, { groupId: 3 }],
    ...[
      null,
      undefined,
      '',
      ' ',
      'null',
      'NULL',
      'undefined',
      'None',
      'NaN',
      false,
      {},
      [],
      [null],
      [''],
      Number.NaN,
    ].map((groupId): [string, unknown, object] => [`no group: ${JSON.stringify(groupId)}`, { groupId }, {}]),
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

  it.each<[unknown, string]>([
    ['sales', 'a text that is no such number'],
    ['1.5', 'a text that is no such number'],
    ['-1', 'a text that is no such number'],
    [-1, 'the number -1'],
    [1.5, 'the number 1.5'],
    [1e20, 'the number 100000000000000000000'],
    [Number.POSITIVE_INFINITY, 'the number Infinity'],
    [true, '"true"'],
    [{ id: 3 }, 'a map of values'],
    [[3, 4], 'a list'],
  ])('refuses the group %j, and says what it is', (groupId, found) => {
    expect(() => readSessionDetails({ groupId })).toThrow(WrongGroupError)
    expect(() => readSessionDetails({ groupId })).toThrow(found)
  })

  const nested = (depth: number, kind: 'list' | 'map'): unknown => {
    let value: unknown = 'x'
    for (let at = 0; at < depth; at += 1) value = kind === 'list' ? [value] : { a: value }
    return value
  }

  it.each(['list', 'map'] as const)('reads a %s in a %s, 20,000 deep, in every field', (kind) => {
    const deep = nested(20_000, kind)
    const { customFields, unused } = readSessionDetails({ ...fields(deep), groupId: 3, customFields: { Order: deep } })
    expect(customFields['Order']).toMatch(/^[[{].*…/)
    expect(unused).toEqual(expect.arrayContaining(['language', 'phone', 'other']))
    expect(() => readSessionDetails(deep)).not.toThrow()
    expect(() => readSessionDetails({ customFields: deep })).not.toThrow()
  })

  const fields = (value: unknown): object => ({ language: value, phone: value, tags: [value], other: value })

  it('fails for nothing but a group, whatever it is given', () => {
    fc.assert(
      fc.property(fc.anything(), fc.object(), (odd, customFields) => {
        const { unused } = readSessionDetails({ ...fields(odd), customFields })
        expect(unused.every((name) => /^[\w.[\]() -]{1,80}$/.test(name))).toBe(true)
        readSessionDetails(odd === null || typeof odd !== 'object' ? odd : { ...odd, groupId: undefined })
      }),
    )
  })
})

describe('what a start holds beside texts', () => {
  it.each<[string, unknown, string[]]>([
    ['nothing', undefined, []],
    ['what the plugin passes', { title: 'Help', description: undefined, messageHistory: [] }, []],
    ['numbers, yes or no, and null', { title: 7, description: true, messageHistory: null }, []],
    [
      'other things',
      { title: { a: 1 }, description: ['x'], messageHistory: 'x' },
      ['title', 'description', 'messageHistory'],
    ],
  ])('is named: %s', (_, input, names) => {
    expect(oddInputs(input)).toEqual(names)
  })
})
