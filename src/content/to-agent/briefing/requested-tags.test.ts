import { describe, expect, it } from 'vitest'
import { sessionTags, tagFields, threadTags } from './requested-tags'

describe('chat tags', () => {
  it.each([
    [undefined, []],
    [null, []],
    [[], []],
    [['billing'], ['billing']],
    [
      [' billing ', 'billing', 'Billing'],
      ['billing', 'Billing'],
    ],
    [['', '  ', 'vip'], ['vip']],
  ])('%j become %j', (asked, tags) => {
    expect(sessionTags(asked)).toEqual(tags)
  })

  it('are set on the thread up to twenty, but the briefing names all', () => {
    const many = Array.from({ length: 25 }, (_, index) => `tag${index}`)
    expect(threadTags(many)).toEqual(many.slice(0, 20))
    expect(tagFields(many)).toEqual({ Tags: many.join(', ') })
  })

  it('add no line to the briefing if there are none', () => {
    expect(tagFields([' '])).toEqual({})
  })
})
