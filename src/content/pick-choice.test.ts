import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eventSchema, type LiveChatEvent } from '../livechat/schema'
import { cpuMs } from '../../test/helpers/cpu-time'
import { pickChoice } from './pick-choice'

const customer = 'customer-1'
const agent = 'agent-1'
let count = 0
const event = (author_id: string | undefined, fields: Record<string, unknown>): LiveChatEvent =>
  eventSchema.parse({ id: `e${(count += 1)}`, ...(author_id === undefined ? {} : { author_id }), ...fields })
const says = (author: string, text = 'Hello') => event(author, { type: 'message', text })
const remark = () => event(undefined, { type: 'system_message', text: 'Somebody came' })
const asks = (...labels: string[]) => askWith(labels.map((text) => ({ text })))
const askWith = (buttons: Record<string, unknown>[]) =>
  event(agent, {
    type: 'rich_message',
    template_id: 'quick_replies',
    elements: [
      {
        title: 'Which?',
        buttons: buttons.map((button, index) => ({
          type: 'message',
          postback_id: `p${index + 1}`,
          user_ids: [],
          ...button,
        })),
      },
    ],
  })

const answer = (question: LiveChatEvent, text: string, after: LiveChatEvent[] = [], before: LiveChatEvent[] = []) => {
  const pick = pickChoice([...before, question, ...after], question.id, customer, text)
  if (pick.picked) return pick.choice.postbackId
  return pick.isOpen ? 'still open' : 'closed'
}

describe('an answer', () => {
  const question = () => asks('Blue', 'Dark red', 'Green')

  it.each([
    ['the number', '2', 'p2'],
    ['the number with a full stop', '2.', 'p2'],
    ['the number with a bracket', '2)', 'p2'],
    ['the number with a hash and spaces', ' #2 ', 'p2'],
    ['the number as an emoji', '2️⃣', 'p2'],
    ['the number in full-width digits', '２', 'p2'],
    ['the number in Arabic digits', '٢', 'p2'],
    ['the number in Devanagari digits', '२', 'p2'],
    ['the label', 'Dark red', 'p2'],
    ['the label in other letter case and spacing', '  dark   RED\n', 'p2'],
    ['the whole line as shown', '2. Dark red', 'p2'],
    ['the whole line with a bracket', '2) dark red', 'p2'],
    ['a number that is none of the choices', '4', 'still open'],
    ['zero', '0', 'still open'],
    ['a negative number', '-2', 'still open'],
    ['a fraction', '2.5', 'still open'],
    ['a number within words', 'number 2 please', 'still open'],
    ['two numbers', '1 2', 'still open'],
    ['a number and another label', '2. Blue', 'still open'],
    ['a part of a label', 'Dark', 'still open'],
    ['a label within words', 'Dark red please', 'still open'],
    ['a thousand digits', '2'.repeat(1_000), 'still open'],
    ['nothing that can be read', '\u200b', 'still open'],
  ])('with %s (%j) gives: %s', (_, text, result) => {
    expect(answer(question(), text)).toBe(result)
  })

  it('with a label that two choices share picks none', () => {
    const buy = asks('Buy', 'Buy')
    expect(answer(buy, 'Buy')).toBe('still open')
    expect(answer(buy, '2')).toBe('p2')
  })

  it('with a label that two buttons for the same thing share picks it', () => {
    expect(answer(askWith([{ text: 'Buy' }, { text: 'Buy', postback_id: 'p1' }]), 'buy')).toBe('p1')
  })

  it('that fits one choice by number and another by label picks none', () => {
    expect(answer(asks('2', '1'), '2')).toBe('still open')
  })

  it('never picks a button that opens a page or dials', () => {
    const links = askWith([
      { text: 'Look', type: 'url', value: 'https://example.com' },
      { text: 'Call', type: 'phone', value: '+1' },
      { text: 'Yes' },
    ])
    expect(answer(links, 'Look')).toBe('still open')
    expect(answer(links, '1')).toBe('p3')
    expect(answer(links, '2')).toBe('still open')
  })
})

describe('choices', () => {
  const question = () => asks('Blue', 'Red')

  it.each([
    ['after the end user said something else', () => [says(customer)], 'p1', 'p1'],
    ['after system messages', () => [remark()], 'p1', 'p1'],
    ['by label only, after the agent added something', () => [says(agent, 'Please choose')], 'p1', 'still open'],
    ['by label only, after another agent added something', () => [says('agent-2')], 'p1', 'still open'],
    ['no longer, once an agent has answered the end user', () => [says(customer), says(agent)], 'closed', 'closed'],
    [
      'no longer, even after more messages from both',
      () => [says(agent), says(customer), says(agent), says(customer)],
      'closed',
      'closed',
    ],
  ])('are open %s', (_, after, byLabel, byNumber) => {
    expect(answer(question(), 'Blue', after())).toBe(byLabel)
    expect(answer(question(), '1', after())).toBe(byNumber)
  })

  it('are closed once the customer has pressed one', () => {
    expect(answer(askWith([{ text: 'Blue' }, { text: 'Red', user_ids: [customer] }]), 'Blue')).toBe('closed')
  })

  it('stay open if another customer has pressed one', () => {
    expect(answer(askWith([{ text: 'Blue', user_ids: ['customer-2'] }]), 'Blue')).toBe('p1')
  })

  it('are closed if their event is not in the thread: deleted, or from another thread', () => {
    expect(pickChoice([says(agent)], 'gone', customer, '1')).toEqual({ picked: false, isOpen: false })
  })

  it('are closed if the event has none', () => {
    expect(answer(says(agent), '1')).toBe('closed')
    expect(answer(askWith([]), '1')).toBe('closed')
  })

  it('do not depend on earlier messages', () => {
    expect(answer(question(), '1', [], [says(agent), says(customer), asks('Old'), says(agent)])).toBe('p1')
  })
})

it('finds every choice by its number', () => {
  const labels = fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), {
    minLength: 1,
    maxLength: 13,
  })
  fc.assert(
    fc.property(labels, (texts) => {
      const question = asks(...texts.map((text) => `choice ${text}`))
      texts.forEach((_, index) => expect(answer(question, String(index + 1))).toBe(`p${index + 1}`))
    }),
  )
})

describe('a long answer', () => {
  it.each(['\u0301', 'e\u0323\u0301', '\u0315\u0300\u05ae\u0345', 'ﷺ', '٢', 'Blue ', ' ', '\u3164'])(
    'of %j picks nothing, and blocks nobody',
    (unit) => {
      const [colours, long] = [asks('Blue', 'Dark red', 'Green'), asks(unit.repeat(10_000), 'Green')]
      const picks: string[] = []
      const usedMs = cpuMs(() => picks.push(answer(colours, unit.repeat(100_000)), answer(long, 'Blue')))
      expect(picks).toEqual(['still open', 'still open'])
      expect(usedMs).toBeLessThan(100)
    },
  )

  it('with a few accents on its letters still picks', () => {
    expect(answer(asks('Brule\u0301e', 'Red'), 'brul\u00e9e')).toBe('p1')
  })
})
