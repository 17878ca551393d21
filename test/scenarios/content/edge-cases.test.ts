import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { amber, startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { agentSeesMore, png, userSeesMore, webhookVersions } from '../../helpers/content'
import { agentSays, startTalk, type Talk } from '../../helpers/talk'

/**
 * Edge cases of each kind that the tables of ordinary messages leave out: empty, longest, hostile; in both directions.
 */

const hostile = '"><script>alert(1)</script> \u202Eevil\u202C {{a}} ${x} $& \\n'
const emoji = '👍🏽👨‍👩‍👧‍👦'
const caption = `${'👍🏽'.repeat(500)}!`
const longLabel = 'l'.repeat(2_000)

type Shown = string | RegExp
const expectShown = (seen: string[], expected: Shown[]): void =>
  expect(seen).toEqual(
    expected.map((line) => (typeof line === 'string' ? line : (expect.stringMatching(line) as string))),
  )

type FromAgent = [name: string, event: Record<string, unknown>, sees: Shown[]]
const form = (...fields: Record<string, unknown>[]) => ({
  type: 'form',
  form_id: 'f',
  fields: fields.map((field, id) => ({ id: String(id), type: 'question', ...field })),
})
const rich = (template_id: string, ...elements: Record<string, unknown>[]) => ({
  type: 'rich_message',
  template_id,
  elements,
})
const button = (text: string, more: Record<string, unknown> = {}) => ({
  text,
  postback_id: `p-${text.length}`,
  user_ids: [],
  ...more,
})
const events: FromAgent[] = [
  [
    'a form of 50 questions',
    form(...Array.from({ length: 50 }, (_, at) => ({ label: `Question ${at}?` }))),
    [/Question 49\?$/],
  ],
  ['a form with an endless question', form({ label: longLabel }), [`text ${longLabel}`]],
  ['a hostile form', form({ label: hostile, required: true }), [`text ${hostile} *`]],
  ['a form of blank questions', form({ label: ' ' }, { label: '' }), []],
  ['quick replies without text', rich('quick_replies', { buttons: [button(''), button(' ')] }), []],
  [
    'a quick reply with an endless label',
    rich('quick_replies', { buttons: [button(longLabel)] }),
    [`text 1. ${longLabel}`],
  ],
  [
    'a hostile quick reply',
    rich('quick_replies', { title: hostile, buttons: [button(hostile)] }),
    [`text ${hostile}\n1. ${hostile}`],
  ],
  ['a sticker without a picture', rich('sticker', {}), []],
  [
    'a sticker at an address that nothing may open',
    rich('sticker', { image: { url: 'data:text/html,x' } }),
    ['text data:text/html,x'],
  ],
  ['a shop’s card without text', rich('ecommerce', { ecommerce: { view_type: 'select', product_id: '1' } }), []],
  [
    'a hostile shop’s card',
    rich('ecommerce', {
      title: hostile,
      ecommerce: { product_id: '1', label: hostile, options: [{ label: hostile }] },
    }),
    [`text ${hostile}\n${hostile}\n• ${hostile}`],
  ],
  [
    'an endless greeting',
    { type: 'message', text: 'g'.repeat(16_000), properties: { lc2: { welcome_message: true } } },
    [`text ${'g'.repeat(16_000)}`],
  ],
]

const at = String.raw`https://cdn\.livechat-files\.com/\S+`
const files: [name: string, fileName: string, contentType: string, kind: string][] = [
  ['the longest name', `${'n'.repeat(250)}.pdf`, 'application/pdf', 'file'],
  ['a name of emoji', `${emoji}.mp3`, 'audio/mpeg', 'audio'],
  ['a hostile name', '../../"><script>.mp4', 'video/mp4', 'video'],
  ['no bytes', 'empty.png', 'image/png', 'image'],
]

describe.each(webhookVersions)('under webhooks %s', (webhookVersion) => {
  let sandbox: Sandbox
  let talk: Talk
  beforeAll(async () => {
    sandbox = await startSandbox({ webhookVersion, filterAgentsOnly: false })
    talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'Hi')
  })
  afterAll(() => sandbox.close())
  const link = (name: string, contentType: string): string =>
    sandbox.botpress.addPublicFile({ name, contentType, bytes: contentType === 'image/png' ? png : Buffer.from('x') })

  it.each(events)('the end user sees of %s what can be read', async (_, event, sees) => {
    const { desk } = sandbox.livechat
    expectShown(await userSeesMore(sandbox, talk, () => desk.send(talk.chatId, amber.email, event)), sees)
  })

  it.each(files)('the end user sees a file with %s', async (_, name, contentType, kind) => {
    const seen = await userSeesMore(sandbox, talk, () =>
      sandbox.livechat.desk.sendFile(talk.chatId, amber.email, { name, contentType, bytes: Buffer.alloc(0) }),
    )
    expect(seen).toHaveLength(1)
    expect(seen[0]?.startsWith(`${kind} "${name}" `)).toBe(true)
    expect(seen[0]?.slice(`${kind} "${name}" `.length)).toMatch(new RegExp(`^${at}$`))
  })

  it.each([
    ['audio', 'voice.ogg', 'audio/ogg'],
    ['video', 'film.mp4', 'video/mp4'],
    ['file', 'a.pdf', 'application/pdf'],
  ])('the agent reads a caption that no name can hold before the %s', async (type, name, contentType) => {
    const seen = await agentSeesMore(sandbox, talk, () =>
      talk.user.send(type, { [`${type}Url`]: link(name, contentType), title: caption }),
    )
    expectShown(seen, [`Teal: ${caption}`, new RegExp(`^Teal: \\[${contentType} [👍🏽!]+\\.`, 'u')])
    // Half a character would come back as another one.
    expect(Buffer.from(seen.join('')).toString()).not.toContain('\uFFFD')
  })

  it('the agent gets the whole caption of an image as its alternative text', async () => {
    const image = { imageUrl: link('1.png', 'image/png'), title: caption }
    const seen = await agentSeesMore(sandbox, talk, () => talk.user.send('image', image))
    expect(seen).toHaveLength(1)
    expect(seen[0]).toContain(`"${caption}"`)
  })

  const map = 'https://www.google.com/maps?q='
  it.each<[string, { type: string; payload: Record<string, unknown> }[], Shown[]]>([
    ['a hostile text', [{ type: 'text', payload: { text: hostile } }], [`Teal: ${hostile}`]],
    [
      'endless Markdown',
      [{ type: 'markdown', payload: { markdown: 'm'.repeat(16_000) } }],
      [`Teal: ${'m'.repeat(16_000)}`],
    ],
    [
      'hostile Markdown',
      [{ type: 'markdown', payload: { markdown: '[a](javascript:alert(1)) <b>' } }],
      [/^Teal: .*javascript:alert\(1\).*<b>$/],
    ],
    [
      'a hostile place',
      [{ type: 'location', payload: { latitude: 90, longitude: 180, title: hostile, address: '' } }],
      [`Teal: ${hostile}\n${map}90,180`],
    ],
    [
      '100 things',
      Array.from({ length: 100 }, (_, number) => ({ type: 'text', payload: { text: `${number}` } })),
      [`Teal: ${Array.from({ length: 100 }, (_, number) => number).join('\n')}`],
    ],
  ])('the agent sees of %s in a mix what can be read', async (_, items, sees) => {
    expectShown(await agentSeesMore(sandbox, talk, () => talk.user.sendBloc(items)), sees)
  })
})
