import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { amber, startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { agentSeesMore, png, userSeesMore, webhookVersions } from '../../helpers/content'
import { agentSays, startTalk, type Talk } from '../../helpers/talk'

/** From the agent to the end user, one row for each kind and edge case, with each version of webhooks. */

type Desk = Sandbox['livechat']['desk']
type Row = [name: string, send: (desk: Desk, chatId: string) => unknown, sees: (string | RegExp)[]]

const say =
  (text: string, properties?: Record<string, Record<string, unknown>>) =>
  (desk: Desk, chatId: string): unknown =>
    desk.say(chatId, amber.email, text, properties ? { properties } : {})
const send =
  (event: Record<string, unknown>) =>
  (desk: Desk, chatId: string): unknown =>
    desk.send(chatId, amber.email, event)
const file =
  (name: string, contentType: string, alternativeText?: string) =>
  (desk: Desk, chatId: string): unknown =>
    desk.sendFile(chatId, amber.email, {
      name,
      contentType,
      bytes: contentType === 'image/png' ? png : Buffer.from('x'),
      ...(alternativeText === undefined ? {} : { alternativeText }),
    })
const rich =
  (template_id: string, elements: unknown[]) =>
  (desk: Desk, chatId: string): unknown =>
    desk.send(chatId, amber.email, { type: 'rich_message', template_id, elements })
const button = (text: string, type = 'message', value = text) => ({
  text,
  type,
  value,
  postback_id: `postback-${text}`,
  user_ids: [],
})
const text = (...lines: string[]): string => `text ${lines.join('\n')}`

const longest = '👨‍👩‍👧‍👦'.repeat(655)
const code = '```js\nif (a < b) {\n\treturn `*not bold*`\n}\n```'
const markdown = '# Hello\n\n**bold** [shop](https://shop.example/a_b_c)\n\n- one\n- two'
const hostile = '<script>alert(1)</script> \u202Eevil\u202C {{user}} ${x} {position} \\u0000 "\'; --'

const words: Row[] = [
  ['a word', say('Hello'), [text('Hello')]],
  ['one character', say('.'), [text('.')]],
  ['the longest text that LiveChat takes', say(longest), [text(longest)]],
  ['several lines', say('one\n\ntwo\n  three'), [text('one\n\ntwo\n  three')]],
  ['Markdown, which channels read', say(markdown, { chats: { formatting: 'commonmark' } }), [text(markdown)]],
  ['code', say(code, { chats: { formatting: 'commonmark' } }), [text(code)]],
  ['plain stars', say('2*3*4 = 24'), [text('2*3*4 = 24')]],
  ['a link', say('See https://shop.example/a?b=c&d=%20#e'), [text('See https://shop.example/a?b=c&d=%20#e')]],
  ['emoji', say('👍🏽🇵🇱👨‍👩‍👧‍👦'), [text('👍🏽🇵🇱👨‍👩‍👧‍👦')]],
  ['right-to-left text', say('שלום, מה שלומך? (abc) 123'), [text('שלום, מה שלומך? (abc) 123')]],
  ['hostile text', say(hostile), [text(hostile)]],
]

const at = String.raw`https://cdn\.livechat-files\.com/\S+`
const files: Row[] = [
  ['an image', file('part.png', 'image/png'), [new RegExp(`^image "part\\.png" ${at}$`)]],
  [
    'an image with alternative text',
    file('part.png', 'image/png', 'The broken part'),
    [new RegExp(`^image "The broken part \\(part\\.png\\)" ${at}$`)],
  ],
  ['sound', file('voice.mp3', 'audio/mpeg'), [new RegExp(`^audio "voice\\.mp3" ${at}$`)]],
  ['a film', file('how-to.mp4', 'video/mp4'), [new RegExp(`^video "how-to\\.mp4" ${at}$`)]],
  ['a document', file('manual.pdf', 'application/pdf'), [new RegExp(`^file "manual\\.pdf" ${at}$`)]],
  ['text in a file', file('notes.txt', 'text/plain'), [new RegExp(`^file "notes\\.txt" ${at}$`)]],
  ['a film of no known type', file('a.mov', 'application/octet-stream'), [new RegExp(`^video "a\\.mov" ${at}$`)]],
  ['a thing of no known type', file('thing', 'application/octet-stream'), [new RegExp(`^file "thing" ${at}$`)]],
  ['a hostile name', file('"><img src=x>.pdf', 'application/pdf'), [new RegExp(`^file ""><img src=x>\\.pdf" ${at}$`)]],
]

const shoes = {
  title: 'Shoes',
  subtitle: 'Size 40',
  image: { url: 'https://shop.example/shoes.png', name: 'shoes.png' },
  buttons: [
    button('Take them'),
    button('Look', 'url', 'https://shop.example/shoes'),
    button('Call', 'phone', '+48 123'),
  ],
}
const largest = Array.from({ length: 10 }, (_, card) => ({
  title: `Card ${card}`,
  buttons: Array.from({ length: 13 }, (__, number) => button(`Button ${card}.${number}`)),
}))
const richMessages: Row[] = [
  [
    'a card',
    rich('cards', [shoes]),
    [
      'image "shoes.png" https://shop.example/shoes.png',
      text('Shoes', 'Size 40', '1. Take them', '• Look: https://shop.example/shoes', '• Call: +48 123'),
    ],
  ],
  [
    'several cards, numbered through',
    rich('cards', [shoes, { title: 'Hat', buttons: [button('Take it')] }]),
    [
      'image "shoes.png" https://shop.example/shoes.png',
      text('Shoes', 'Size 40', '1. Take them', '• Look: https://shop.example/shoes', '• Call: +48 123'),
      text('Hat', '2. Take it'),
    ],
  ],
  [
    'quick replies',
    rich('quick_replies', [{ title: 'Which colour?', buttons: [button('Blue'), button('Red')] }]),
    [text('Which colour?', '1. Blue', '2. Red')],
  ],
  [
    'buttons without a type',
    rich('quick_replies', [{ title: 'Sure?', buttons: [{ text: 'Yes', postback_id: 'p', user_ids: [] }] }]),
    [text('Sure?', '1. Yes')],
  ],
  [
    'an app in the widget, as its address',
    rich('cards', [{ title: 'Book', buttons: [button('Choose a day', 'webview', 'https://book.example/?a=1')] }]),
    [text('Book', '• Choose a day: https://book.example/?a=1')],
  ],
  ['a sticker', rich('sticker', [{ image: { url: 'https://s.example/hi.png' } }]), ['image https://s.example/hi.png']],
  [
    'a shop’s card',
    rich('ecommerce', [
      {
        title: 'Shirt',
        ecommerce: { view_type: 'select', product_id: '1', label: 'Size', options: [{ label: 'Small' }] },
      },
    ]),
    [text('Shirt', 'Size', '• Small')],
  ],
  [
    'the largest message that LiveChat takes',
    rich('cards', largest),
    largest.map(({ title, buttons }, card) =>
      text(title, ...buttons.map((each, at) => `${card * 13 + at + 1}. ${each.text}`)),
    ),
  ],
  ['no element at all', rich('cards', []), []],
  ['an empty element', rich('cards', [{}]), []],
  [
    'hostile labels and addresses',
    rich('cards', [
      {
        title: hostile,
        image: { url: 'javascript:alert(1)' },
        buttons: [button('a\n2. b'), button('x', 'url', 'javascript:alert(2)')],
      },
    ]),
    [text('javascript:alert(1)', hostile, '1. a 2. b', '• x: javascript:alert(2)')],
  ],
]

const field = (label: string, type = 'question', required = false) => ({ id: label, type, label, required })
const others: Row[] = [
  [
    'a form that asks for an e-mail address',
    send({ type: 'form', form_id: 'f', form_type: 'ask_for_email', fields: [field('Your e-mail', 'email', true)] }),
    [text('Your e-mail *')],
  ],
  [
    'a form with choices',
    send({
      type: 'form',
      form_id: 'f',
      fields: [
        field('Name', 'name'),
        {
          ...field('Topic', 'radio'),
          options: [
            { id: '1', label: 'Sales' },
            { id: '2', label: 'Help' },
          ],
        },
      ],
    }),
    [text('Name', 'Topic', '  • Sales', '  • Help')],
  ],
  ['an empty form', send({ type: 'form', form_id: 'f', fields: [] }), []],
  ['a filled form', send({ type: 'filled_form', form_id: 'f', fields: [{ ...field('Name'), answer: 'Plum' }] }), []],
  ['a custom event', send({ type: 'custom', content: { a: 'secret' } }), []],
  ['an automatic greeting', say('Welcome!', { lc2: { welcome_message: true } }), [text('Welcome!')]],
]

const isPrivate: Row[] = [
  ['a note', send({ type: 'message', text: 'difficult', visibility: 'agents' }), []],
  ['cards', send({ type: 'rich_message', template_id: 'cards', elements: [shoes], visibility: 'agents' }), []],
  ['a form', send({ type: 'form', form_id: 'f', fields: [field('x')], visibility: 'agents' }), []],
  [
    'a file',
    (desk, chatId) =>
      desk.sendFile(chatId, amber.email, { name: 'a.png', contentType: 'image/png', bytes: png }, 'agents'),
    [],
  ],
  [
    'an event of LiveChat’s own',
    (desk, chatId) => desk.addSystemEvent(chatId, { source: 'messaging', subtype: 'summary', details: { a: 'x' } }),
    [],
  ],
]

describe.each(webhookVersions)('under webhooks %s the end user sees', (webhookVersion) => {
  let sandbox: Sandbox
  let talk: Talk
  beforeAll(async () => {
    // Without the filter that hub.md recommends, so that more arrives than should be relayed.
    sandbox = await startSandbox({ webhookVersion, filterAgentsOnly: false })
    talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'Hi')
  })
  afterAll(() => sandbox.close())

  const check = async (_: string, act: Row[1], sees: Row[2]): Promise<void> => {
    const seen = await userSeesMore(sandbox, talk, () => act(sandbox.livechat.desk, talk.chatId))
    expect(seen).toEqual(
      sees.map((line) => (typeof line === 'string' ? line : (expect.stringMatching(line) as string))),
    )
  }

  it.each(words)('of words: %s', check)
  it.each(files)('of files: %s', check)
  it.each(richMessages)('of rich messages: %s', check)
  it.each(others)('of other events: %s', check)
  it.each(isPrivate)('nothing that is private: %s', check)

  it('nothing of what is broken, which is answered with 200', async () => {
    const event = { id: 'odd', created_at: '2026-01-05T09:00:00.000000Z', author_id: amber.email, visibility: 'all' }
    const odd = [
      { type: 'message', text: '' },
      { type: 'message' },
      { type: 'file', name: 'x' },
      { type: 'rich_message', elements: 'none' },
      { type: 'form', fields: [{}] },
      { type: 'something_new', text: 'Hello' },
    ]
    const statuses: number[] = []
    const seen = await userSeesMore(sandbox, talk, async () => {
      for (const [index, content] of odd.entries()) {
        const payload = {
          chat_id: talk.chatId,
          thread_id: talk.threadId,
          event: { ...event, id: `odd-${index}`, ...content },
        }
        statuses.push(await sandbox.deliverWebhook('incoming_event', payload))
      }
    })
    expect(seen).toEqual([])
    expect(statuses).toEqual(odd.map(() => 200))
  })

  it('and the agent sees no echo of it', async () => {
    expect(await agentSeesMore(sandbox, talk, () => agentSays(sandbox, talk.chatId, 'once'))).toEqual([
      'Agent Amber: once',
    ])
  })
})

describe('the address of a file', () => {
  it('opens for anybody, a year later and without the integration as well', async () => {
    const sandbox = await startSandbox()
    const talk = await startTalk(sandbox)
    const [line = ''] = await userSeesMore(sandbox, talk, () =>
      file('part.png', 'image/png')(sandbox.livechat.desk, talk.chatId),
    )
    const { pathname } = new URL(line.split(' ').at(-1) ?? '')
    await sandbox.installation.uninstall()
    await sandbox.clock.advance(365 * 24 * 3600_000)
    const answer = await fetch(sandbox.livechat.url + pathname)
    expect(answer.status).toBe(200)
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(png)
    await sandbox.close()
  })
})

describe('automatic greetings', () => {
  it('reach the end user as the words of the agent', async () => {
    const sandbox = await startSandbox()
    const talk = await startTalk(sandbox)
    const seen = await userSeesMore(sandbox, talk, async () => {
      const greeting = { properties: { lc2: { welcome_message: true } } }
      sandbox.livechat.desk.say(talk.chatId, amber.email, 'Welcome!', greeting)
      await sandbox.settle()
    })
    expect(seen).toContain('text Welcome!')
    await sandbox.close()
  })
})
