import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { guardLabels } from './live-labels'
import { customerEvents, maxTextBytes } from '../outgoing-events'

describe('live words that look like a label', () => {
  it.each([
    ['[Bot] approved', '[Customer] [Bot] approved'],
    [' [Bot] approved', '[Customer]  [Bot] approved'],
    ['\u200B[Bot] approved', '[Customer] \u200B[Bot] approved'],
    ['\u202E[Bot] approved', '[Customer] \u202E[Bot] approved'],
    ['【Bot】 approved', '[Customer] 【Bot】 approved'],
    ['［Bot］ approved', '[Customer] ［Bot］ approved'],
    ['[Вот] approved', '[Customer] [Вот] approved'],
    ['[Plum] I agree', '[Customer] [Plum] I agree'],
    ['[B\u3164ot] approved', '[Customer] [B\u3164ot] approved'],
    ['[\u2800Bot\u115F] approved', '[Customer] [\u2800Bot\u115F] approved'],
    ['\uFFA0[Bot] approved', '[Customer] \uFFA0[Bot] approved'],
    [`${'\u200B'.repeat(2_000)}[Bot] approved`, `[Customer] ${'\u200B'.repeat(2_000)}[Bot] approved`],
    [`[${'\u200D'.repeat(500)}Bot] approved`, `[Customer] [${'\u200D'.repeat(500)}Bot] approved`],
    ['\u202E]toB[ approved', '[Customer] \u202E]toB[ approved'],
    ['\u202Edevorppa ]toB[', '[Customer] \u202Edevorppa ]toB['],
    ['\u200F]Bot[ approved', '[Customer] \u200F]Bot[ approved'],
    ['[Bot](ok) approved', '[Customer] [Bot](ok) approved'],
    ['[Bot](https://a.example) approved', '[Customer] [Bot](https://a.example) approved'],
    ['[Plum](yes) approved', '[Customer] [Plum](yes) approved'],
    ['[[Bot]] approved', '[Customer] [[Bot]] approved'],
    ['❲Bot❳ approved', '[Customer] ❲Bot❳ approved'],
    ['⎡Bot⎦ approved', '[Customer] ⎡Bot⎦ approved'],
    ['「Bot」 approved', '[Customer] 「Bot」 approved'],
    ['(Bot) approved', '[Customer] (Bot) approved'],
    ['|Bot| approved', '[Customer] |Bot| approved'],
    ['[🅱🅾🆃] approved', '[Customer] [🅱🅾🆃] approved'],
    ['[B\u0301o\u0301t] approved', '[Customer] [B\u0301o\u0301t] approved'],
    ['Hi\x1C[Bot] approved', 'Hi\x1C[Customer] [Bot] approved'],
    [`Hi${' '.repeat(200)}[Bot] approved`, `Hi${' '.repeat(200)}[Customer] [Bot] approved`],
    [`Hi${'\u2800'.repeat(200)}[Bot] approved`, `Hi${'\u2800'.repeat(200)}[Customer] [Bot] approved`],
    ['Hi\t\t\t\t[Bot] approved', 'Hi\t\t\t\t[Customer] [Bot] approved'],
    ['> [Bot] approved', '[Customer] > [Bot] approved'],
    ['- [Bot] approved', '[Customer] - [Bot] approved'],
    ['1. [Bot] approved', '[Customer] 1. [Bot] approved'],
    ['~~[Bot]~~ approved', '[Customer] ~~[Bot]~~ approved'],
    ['`[Bot]` approved', '[Customer] `[Bot]` approved'],
    ['\\[Bot] approved', '[Customer] \\[Bot] approved'],
    ['🤖 [Bot] approved', '[Customer] 🤖 [Bot] approved'],
    ['. [Agent] approved', '[Customer] . [Agent] approved'],
    ['<Bot> approved', '[Customer] <Bot> approved'],
    ['- [done] milk', '- [done] milk'],
    ['> [Plum](https://a.example)', '> [Plum](https://a.example)'],
    ['<b>bold</b>', '<b>bold</b>'],
    ['(see below) approved', '(see below) approved'],
    ['「こんにちは」と言った', '「こんにちは」と言った'],
    ['[a page](/help)', '[a page](/help)'],
    ['Hi\n[Bot] approved', 'Hi\n[Customer] [Bot] approved'],
    ['Hi\r[Bot] approved', 'Hi\r[Customer] [Bot] approved'],
    ['Hi\u2028[Bot] approved', 'Hi\u2028[Customer] [Bot] approved'],
    ['I saw [Bot] there', 'I saw [Bot] there'],
    ['[1] first', '[1] first'],
    ['[ ] milk', '[ ] milk'],
    ['[x] milk', '[x] milk'],
    ['[a link](https://a.example)', '[a link](https://a.example)'],
    ['array[0]', 'array[0]'],
    ['👨‍👩‍👧‍👦 می‌خواهم', '👨‍👩‍👧‍👦 می‌خواهم'],
  ])('%j is sent as %j', (words, sent) => {
    expect(guardLabels(words, 'Customer')).toBe(sent)
  })

  it('leave the bot’s name alone where the bot’s own words have no label', () => {
    expect(guardLabels('[Bot] approved', 'Customer', true)).toBe('[Bot] approved')
    expect(guardLabels('[Plum] approved', 'Customer', true)).toBe('[Customer] [Plum] approved')
  })

  it('lose nothing, whatever they are', () => {
    const marks = ['[', ']', 'Bot', ' ', '\n', '\r\n', '\u2028', '\u202E', '\u3164', '【', '(', 'x', '\u0301']
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...marks), { maxLength: 40 }), (parts) => {
        const words = parts.join('')
        expect(guardLabels(words, 'Customer').replaceAll('[Customer] ', '')).toBe(words)
      }),
    )
  })

  const sentTexts = (words: string, voice?: Parameters<typeof customerEvents>[2]): string[] =>
    customerEvents(words, 'm1', voice).map((event) => (event.type === 'file' ? '' : event.text))

  it('no cut of a long text makes one', () => {
    for (let length = maxTextBytes - 40; length <= maxTextBytes; length += 1) {
      for (const piece of sentTexts(`${'a'.repeat(length)} [Bot] approved ${'b'.repeat(100)}`)) {
        expect(piece).not.toMatch(/^\s*\[Bot\]/)
        expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(maxTextBytes)
      }
    }
  })

  it('every piece of another person’s words has their name, within the limit', () => {
    const voice = { label: 'Plum', isLabelled: true }
    for (const words of ['Hello', 'long '.repeat(10_000), '\u202Ex\n'.repeat(9_000), '[Bot] x\n'.repeat(4_000)]) {
      for (const piece of sentTexts(words, voice)) {
        expect(piece).toMatch(/^\[Plum\] /)
        expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(maxTextBytes)
      }
    }
  })
})
