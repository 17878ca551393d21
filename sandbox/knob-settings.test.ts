import { describe, expect, it } from 'vitest'
import { allDoubts, nameOf, readKnobSettings } from './knob-settings'

describe('a knob setting on the command line', () => {
  it.each([
    ['refuseFilledFormFromCustomer=true', { livechatKnobs: { refuseFilledFormFromCustomer: true } }],
    [
      'refuseSystemMessageFromCustomer=validation',
      { livechatKnobs: { refuseSystemMessageFromCustomer: 'validation' } },
    ],
    ['refuseSystemMessageFromCustomer=false', { livechatKnobs: { refuseSystemMessageFromCustomer: false } }],
    ['autoAssign=false', { livechatKnobs: { autoAssign: false } }],
    ['secondStartChatError=limit_reached', { livechatKnobs: { secondStartChatError: 'limit_reached' } }],
    ['voidBody={}', { livechatKnobs: { voidBody: '{}' } }],
    ['voidBody=empty', { livechatKnobs: { voidBody: 'empty' } }],
    ['activationDelayMs=4000', { botpressKnobs: { activationDelayMs: 4_000 } }],
    ['listLagMs=60000', { botpressKnobs: { listLagMs: 60_000 } }],
  ])('%s is read with its type', (text, settings) => {
    expect(readKnobSettings([text])).toEqual({ livechatKnobs: {}, botpressKnobs: {}, ...settings })
  })

  it.each([
    ['nothing=true', 'There is no knob nothing'],
    ['toString=true', 'There is no knob toString'],
    ['autoAssign', 'name=value'],
    ['autoAssign=yes', 'autoAssign may be true, false'],
    ['region=mars', 'region may be none, dal, fra'],
    ['pageSize=many', 'pageSize may be 20, 5, 100'],
  ])('%s is refused with what to type', (text, message) => {
    expect(() => readKnobSettings([text])).toThrow(message)
  })

  it('can be any of the doubts, each under a name of its own', () => {
    const names = allDoubts.map(nameOf)
    expect(new Set(names).size).toBe(names.length)
    expect(names.length).toBeGreaterThan(30)
    for (const doubt of allDoubts) {
      expect(readKnobSettings([nameOf(doubt)])[doubt.side]).toEqual({ [doubt.name]: doubt.value })
    }
  })
})
