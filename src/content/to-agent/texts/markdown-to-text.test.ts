import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { cpuMs } from '../../../../test/helpers/cpu-time'
import { markdownToText } from './markdown-to-text'

const letters = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '')

describe('markdownToText', () => {
  it.each([
    ['bold', '**Sorry** to __hear__ that', 'Sorry to hear that'],
    ['italics', '*really* _so_', 'really so'],
    ['bold italics', '***both***', 'both'],
    ['a heading', '# Your order\n\nIs late', 'Your order\n\nIs late'],
    ['an underlined heading', 'Your order\n==========\nIs late', 'Your order\nIs late'],
    ['a link', 'See [our shop](https://shop.example/a?b=c)', 'See our shop (https://shop.example/a?b=c)'],
    ['a link with a title', '[shop](https://shop.example "Open daily")', 'shop (https://shop.example, Open daily)'],
    ['a link that is its own name', '[https://a.example](https://a.example)', 'https://a.example'],
    ['a link in brackets', '<https://a.example>', 'https://a.example'],
    ['a bare link', 'https://a.example/_x_*y*', 'https://a.example/_x_*y*'],
    ['a link with formatted words', '[**our** shop](https://a.example)', 'our shop (https://a.example)'],
    ['a picture', '![A boat](https://a.example/b.png)', 'A boat (https://a.example/b.png)'],
    ['a picture without words', '![](https://a.example/b.png)', 'https://a.example/b.png'],
    ['a list', '- one\n- two', '• one\n• two'],
    ['a list with stars', '* one\n* **two**', '• one\n• two'],
    ['a numbered list', '1. one\n2. two', '1. one\n2. two'],
    ['a list that begins later', '7. one\n8. two', '7. one\n8. two'],
    ['a list in a list', '- one\n  - two\n- three', '• one\n  • two\n• three'],
    ['tasks', '- [ ] open\n- [x] done', '• [ ] open\n• [x] done'],
    ['a quotation', '> said\n> so', '> said\n> so'],
    ['escapes', '2\\*3\\*4 \\# \\[x\\]', '2*3*4 # [x]'],
    ['line breaks', 'one\ntwo  \nthree\\\nfour', 'one\ntwo\nthree\nfour'],
    ['paragraphs', 'one\n\ntwo', 'one\n\ntwo'],
    ['code, as it is', 'run `a *b* c`', 'run `a *b* c`'],
    ['a block of code, as it is', '```js\na *b* c\n```', '```js\na *b* c\n```'],
    ['a table, as it is', '| a | b |\n|---|---|\n| 1 | 2 |', '| a | b |\n|---|---|\n| 1 | 2 |'],
    ['what was struck out, as it is', '~~old~~ new', '~~old~~ new'],
    ['HTML, as it is', '<b>hi</b> &amp; bye', '<b>hi</b> &amp; bye'],
    ['a definition, as it is', '[here][1]\n\n[1]: https://a.example', '[here][1]\n\n[1]: https://a.example'],
    ['stars within words and numbers, as they are', '2*3*4 un*frigging*believable', '2*3*4 un*frigging*believable'],
    ['marks without a meaning', 'a * b * c_d_e 5 < 6 #x', 'a * b * c_d_e 5 < 6 #x'],
    ['plain text', 'Hello, world!', 'Hello, world!'],
    ['right-to-left text', '**שלום** [כאן](https://a.example)', 'שלום כאן (https://a.example)'],
    ['emoji', '**👨‍👩‍👧‍👦** ok', '👨‍👩‍👧‍👦 ok'],
    ['nothing', '', ''],
    ['only marks', '****', '****'],
  ])('converts %s', (_, markdown, text) => {
    expect(markdownToText(markdown)).toBe(text)
  })

  it.each([
    ['opening brackets', '['],
    ['quotations', '>'],
    ['lists', '- '],
    ['stars', '*a '],
    ['half links', '[a]('],
    ['half bold', '**a*'],
    ['backticks', '`'],
    ['tags', '<a '],
    ['pipes', '|'],
    ['addresses', 'a@b.c '],
    ['entities', '&amp'],
  ])('is quick and loses nothing with thousands of %s', (_, mark) => {
    for (const times of [200, 450, 1_000, 30_000]) {
      const markdown = mark.repeat(times)
      let text = ''
      const tookMs = cpuMs(() => {
        text = markdownToText(markdown)
      })
      expect(tookMs).toBeLessThan(1_000)
      expect(letters(text)).toBe(letters(markdown))
      if (times > 1_000) expect(text.trim()).toBe(markdown.trim())
    }
  })

  it('keeps every letter and digit, in order, in any mixture of marks and words', () => {
    const piece = fc.constantFrom(
      ...[
        '**',
        '*',
        '_',
        '# ',
        '\n',
        '\n\n',
        '> ',
        '- ',
        '`',
        '~~',
        '\\',
        '<',
        '>',
        '|',
        '~',
        '!',
        ' ',
        '  ',
        'word',
        'é漢',
        '👍',
        '7',
        '(',
        ')',
      ],
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const markdown = pieces.join('')
        expect(letters(markdownToText(markdown))).toBe(letters(markdown))
      }),
      { numRuns: 2_000 },
    )
  })

  it('keeps the words and the address of every link', () => {
    const link = fc.record({ words: fc.stringMatching(/^[a-z]{1,10}$/), url: fc.webUrl() })
    fc.assert(
      fc.property(fc.array(link, { minLength: 1, maxLength: 5 }), (links) => {
        const plainLinks = links.filter(({ url }) => !/[()\s<>\\*_[\]`~]/.test(url))
        const text = markdownToText(plainLinks.map(({ words, url }) => `see [${words}](${url})`).join(' and\n'))
        expect(text).toBe(plainLinks.map(({ words, url }) => `see ${words} (${url})`).join(' and\n'))
      }),
    )
  })
})

describe('the time of a conversion', () => {
  const repeat = (part: string): string => part.repeat(Math.ceil(16_000 / part.length)).slice(0, 16_000)
  const parts = [
    '- a\n',
    '- a\n\n',
    '1. ',
    '+ ',
    '-\n',
    '> ',
    '#\n',
    'a\n\n',
    '[',
    '![a](',
    '**',
    '*a ',
    '<',
    '`',
    '\\',
    'a@b.',
    '=\n',
    '.www.',
    '#http',
    ' ',
    '\u0301\r\n=?utf-8?q?**\u202E#',
    `_${'x'.repeat(30)}\u202E`,
  ]

  // With words between the marks, a text stays below the limits that leave others unconverted.
  const words = ['', 'x'.repeat(8), 'x'.repeat(22)]

  // Compared with an ordinary text, because machines differ and other work slows both down.
  const ordinary = '## Part\n\n- **Order** is [here](https://a.example)\n\nSome *more* words about it.\n\n'.repeat(100)
  const shortestMs = (text: string): number => Math.min(...[1, 2, 3, 4].map(() => cpuMs(() => markdownToText(text))))
  beforeAll(() => void shortestMs(ordinary))

  it.each(parts)('stays short for 16 KB of %j', (part) => {
    const texts = words.map((word) => repeat(part.replace(/(?=\n|$)/, word)))
    const longestMs = Math.max(...texts.map(shortestMs))
    // 8 KB of ordinary text take about 1.5 ms.
    expect(longestMs / shortestMs(ordinary)).toBeLessThan(14)
  })

  it('does not leave a long ordinary text unconverted', () => {
    const text = '## Part\n\n- **Order** is [here](https://a.example)\n\nSome *more* words about it.\n\n'.repeat(60)
    expect(markdownToText(text)).not.toMatch(/[*#]|\]\(/)
  })
})
