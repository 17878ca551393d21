import { describe, expect, it } from 'vitest'
import { sessionTags, tagFields, threadTags } from './session-tags'

describe('tags of a session', () => {
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
  ])('%j are %j', (asked, tags) => {
    expect(sessionTags(asked)).toEqual(tags)
  })

  it('are set on the thread up to twenty, and all told to the agent', () => {
    const many = Array.from({ length: 25 }, (_, index) => `tag${index}`)
    expect(threadTags(many)).toEqual(many.slice(0, 20))
    expect(tagFields(many)).toEqual({ Tags: many.join(', ') })
  })

  it('leave no line in the briefing when there are none', () => {
    expect(tagFields([' '])).toEqual({})
  })
})
