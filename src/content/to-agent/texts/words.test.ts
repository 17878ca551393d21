import { describe, expect, it } from 'vitest'
import { isolate, linesOf, showAutolinksOnce } from './words'

describe('a text is seen as lines', () => {
  it.each<[string, string[]]>([
    ['one', ['one']],
    [' one \r\n two\u2028three\x1Cfour ', ['one', ' two', 'three', 'four']],
    ['one\n\n\n\ntwo', ['one', '', 'two']],
    [`one${' '.repeat(16)}two: three`, ['one', 'two: three']],
    [`one${'\u2800\u3164'.repeat(8)}two\uFF1A three`, ['one', 'two\uFF1A three']],
    [`one${' \u200B'.repeat(16)}two: three`, ['one', '\u200Btwo: three']],
    ['one\t\t\t\ttwo: three', ['one', 'two: three']],
    ['one\t\t two: three', ['one\t\t two: three']],
    [`one${' '.repeat(41)}two`, ['one', 'two']],
    [`Kettle${' '.repeat(16)}20 EUR${' '.repeat(24)}red`, [`Kettle${' '.repeat(16)}20 EUR${' '.repeat(24)}red`]],
    [`a\n${' '.repeat(200)}b`, ['a', 'b']],
    ['one               two', ['one               two']],
    ['می‌خواهم 👨‍👩‍👧‍👦', ['می‌خواهم 👨‍👩‍👧‍👦']],
  ])('%j', (text, lines) => {
    expect(linesOf(text)).toEqual(lines)
  })
})

describe('a change of direction stays within its line', () => {
  it.each([
    ['plain', 'plain'],
    ['שלום (urgent)!', 'שלום (urgent)!'],
    ['\u202Eevil', '\u2068\u202Eevil\u202C\u2069'],
    ['\u2066a\u202Eb', '\u2068\u2066a\u202Eb\u202C\u2069\u2069'],
    ['a\u2069\u202Cb', '\u2068ab\u2069'],
    ['\u202Ea\u202Cb', '\u2068\u202Ea\u202Cb\u2069'],
    ['\u2066a\u202Eb\u2069c', '\u2068\u2066a\u202Eb\u202C\u2069c\u2069'],
    ['\u202E'.repeat(100) + 'x', 'x'],
  ])('%j is shown as %j', (line, shown) => {
    expect(isolate(line)).toBe(shown)
  })
})

describe('a link that says the same twice is shown once', () => {
  it.each([
    ['[jo@example.com](mailto:jo@example.com)', 'jo@example.com'],
    ['Mail [Jo@Example.com](mailto:jo@example.com)!', 'Mail Jo@Example.com!'],
    ['[514-123-4567](tel:5141234567)', '514-123-4567'],
    ['[+1 (514) 123-4567](tel:+15141234567)', '+1 (514) 123-4567'],
    ['[example.com](http://example.com)', 'example.com'],
    ['[https://example.com](https://example.com/)', 'https://example.com'],
    ['[support](mailto:jo@example.com)', '[support](mailto:jo@example.com)'],
    ['[bank.example](https://evil.example)', '[bank.example](https://evil.example)'],
    ['[call](tel:514)', '[call](tel:514)'],
    ['[x](javascript:x)', '[x](javascript:x)'],
    ['**so** [x](https://a.example)', '**so** [x](https://a.example)'],
  ])('%s is %s', (words, shown) => {
    expect(showAutolinksOnce(words)).toBe(shown)
  })
})
