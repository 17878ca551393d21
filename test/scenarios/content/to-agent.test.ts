import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { agentSeesMore, png, userSeesMore, webhookVersions } from '../../helpers/content'
import { startTalk, talkOf, userSays, type Talk } from '../../helpers/talk'

/**
 * From the end user to the agent, one row for each kind and edge case. Webhooks echo what we send; the end user must
 * see no echo.
 */

type User = Talk['user']
type Row = [name: string, send: (user: User, link: Link) => unknown, sees: (string | RegExp)[]]
/** Makes a file public, as a channel does. Returns its address. */
type Link = (name: string, contentType: string, bytes?: Buffer) => string

const say = (text: string) => (user: User) => user.say(text)
const hostile = '<b>x</b> \u202Eevil\u202C [Bot] "\'; -- {{a}} \\n'

const words: Row[] = [
  ['a word', say('Hello'), ['Teal: Hello']],
  ['one character', say('.'), ['Teal: .']],
  ['several lines', say('one\n\ntwo\n  three'), ['Teal: one\n\ntwo\n  three']],
  ['what looks like Markdown, which end users type', say('**no** _bold_ [x](y)'), ['Teal: **no** _bold_ [x](y)']],
  ['a number, while nothing was asked', say('1'), ['Teal: 1']],
  ['emoji', say('👍🏽🇵🇱👨‍👩‍👧‍👦'), ['Teal: 👍🏽🇵🇱👨‍👩‍👧‍👦']],
  ['right-to-left text', say('שלום (abc)'), ['Teal: שלום (abc)']],
  ['code', say('```\na < b\n```'), ['Teal: ```\na < b\n```']],
  ['hostile text', say(hostile), [`Teal: ${hostile}`]],
  ['the longest text in one event', say('x'.repeat(16_000)), [`Teal: ${'x'.repeat(16_000)}`]],
]

const files: Row[] = [
  ['an image', (user, link) => user.sendImage(link('leak.png', 'image/png', png)), ['Teal: [image/png leak.png]']],
  [
    'an image with a title',
    (user, link) => user.sendImage(link('1.png', 'image/png', png), 'The leak'),
    ['Teal: [image/png The leak.png "The leak"]'],
  ],
  ['sound', (user, link) => user.sendAudio(link('voice.ogg', 'audio/ogg')), ['Teal: [audio/ogg voice.ogg]']],
  ['a film', (user, link) => user.sendVideo(link('film.mp4', 'video/mp4')), ['Teal: [video/mp4 film.mp4]']],
  [
    'a document',
    (user, link) => user.sendFile(link('a%20b.pdf', 'application/pdf'), 'Invoice 2024.05'),
    ['Teal: [application/pdf Invoice 2024.05.pdf]'],
  ],
  [
    'a file whose type only its name tells',
    (user, link) => user.sendFile(link('song.mp3', 'application/octet-stream')),
    ['Teal: [audio/mpeg song.mp3]'],
  ],
  [
    'a file with parameters in its type',
    (user, link) => user.sendFile(link('notes.txt', 'text/plain; charset=utf-8')),
    ['Teal: [text/plain notes.txt]'],
  ],
  [
    'a hostile name',
    (user, link) => user.sendFile(link('x.pdf', 'application/pdf'), '../..\\"\r\nx: 1'),
    ['Teal: [application/pdf .._..____x_ 1.pdf]'],
  ],
  [
    'an empty file',
    (user, link) => user.sendFile(link('a.txt', 'text/plain', Buffer.alloc(0))),
    ['Teal: [text/plain a.txt]'],
  ],
  [
    'the largest file',
    (user, link) => user.sendFile(link('a.zip', 'application/zip', Buffer.alloc(10_000_000))),
    ['Teal: [application/zip a.zip]'],
  ],
  [
    'a larger file, as a link that says why',
    (user, link) => user.sendFile(link('a.zip', 'application/zip', Buffer.alloc(10_000_001)), 'Logs'),
    [/^Teal: A file "Logs" \(larger than 10 MB\): https:\S+a\.zip$/],
  ],
  [
    'a program, as a link that says why',
    (user, link) => user.sendFile(link('setup.exe', 'application/x-msdownload'), 'Invoice.pdf'),
    [/^Teal: A file "Invoice\.pdf" \(LiveChat does not accept programs\): https:\S+setup\.exe$/],
  ],
  [
    'a program that only its address tells',
    (user, link) => user.sendFile(link('setup.exe', 'application/octet-stream'), 'Invoice.pdf'),
    [/^Teal: A file "Invoice\.pdf" \(LiveChat does not accept programs\): https:\S+setup\.exe$/],
  ],
  [
    'a program that its type tells',
    (user, link) => user.sendFile(link('invoice', 'application/x-dosexec')),
    [/^Teal: A file \(LiveChat does not accept programs\): https:\S+invoice$/],
  ],
  [
    'a file that LiveChat refuses',
    (user, link) => user.sendFile(link('console.app', 'application/octet-stream')),
    [/^Teal: A file \(LiveChat does not accept this file\): https:\S+console\.app$/],
  ],
  [
    'a file that is gone',
    (user) => user.sendImage('https://files.bpcontent.cloud/shared/gone.png', 'Leak'),
    ['Teal: An image "Leak" (could not be copied): https://files.bpcontent.cloud/shared/gone.png'],
  ],
  [
    'an address inside the network',
    (user) => user.sendVideo('http://10.0.0.1/film.mp4'),
    ['Teal: A video (could not be copied): http://10.0.0.1/film.mp4'],
  ],
  [
    'an address that is none',
    (user) => user.sendAudio('javascript:alert(1)'),
    ['Teal: An audio file (could not be copied): javascript:alert(1)'],
  ],
]

const map = 'https://www.google.com/maps?q='
const blocs: Row[] = [
  [
    'texts, joined into one event',
    (user) =>
      user.sendBloc([
        { type: 'text', payload: { text: 'one' } },
        { type: 'markdown', payload: { markdown: '**two** [shop](https://shop.example)\n\n- a\n- b' } },
        { type: 'location', payload: { latitude: 51.5, longitude: -0.12, title: 'Shop', address: 'Riverside 1' } },
      ]),
    [`Teal: one\ntwo shop (https://shop.example)\n\n• a\n• b\nShop\nRiverside 1\n${map}51.5,-0.12`],
  ],
  [
    'a place without a name',
    (user) => user.sendBloc([{ type: 'location', payload: { latitude: 0, longitude: -180 } }]),
    [`Teal: ${map}0,-180`],
  ],
  [
    'everything, in order',
    (user, link) =>
      user.sendBloc([
        { type: 'image', payload: { imageUrl: link('1.png', 'image/png', png) } },
        { type: 'text', payload: { text: 'a' } },
        { type: 'audio', payload: { audioUrl: link('2.mp3', 'audio/mpeg') } },
        { type: 'video', payload: { videoUrl: 'http://127.0.0.1/3.mp4' } },
        { type: 'text', payload: { text: 'b' } },
        { type: 'markdown', payload: { markdown: '*c*' } },
        { type: 'file', payload: { fileUrl: link('4.pdf', 'application/pdf') } },
      ]),
    [
      'Teal: [image/png 1.png]',
      'Teal: a',
      'Teal: [audio/mpeg 2.mp3]',
      'Teal: A video (could not be copied): http://127.0.0.1/3.mp4',
      'Teal: b\nc',
      'Teal: [application/pdf 4.pdf]',
    ],
  ],
  ['nothing, of an empty bloc', (user) => user.sendBloc([]), []],
]

describe.each(webhookVersions)('under webhooks %s the agent sees', (webhookVersion) => {
  let sandbox: Sandbox
  let talk: Talk
  beforeAll(async () => {
    sandbox = await startSandbox({ webhookVersion, filterAgentsOnly: false })
    talk = await startTalk(sandbox)
  })
  afterAll(() => sandbox.close())

  const check = async (_: string, act: Row[1], sees: Row[2]): Promise<void> => {
    const link: Link = (name, contentType, bytes = Buffer.from('x')) =>
      sandbox.botpress.addPublicFile({ name, contentType, bytes })
    let seen: string[] = []
    const echoes = await userSeesMore(sandbox, talk, async () => {
      seen = await agentSeesMore(sandbox, talk, () => act(talk.user, link))
    })
    expect(seen).toEqual(
      sees.map((line) => (typeof line === 'string' ? line : (expect.stringMatching(line) as string))),
    )
    expect(echoes).toEqual([])
  }

  it.each(words)('of words: %s', check)
  it.each(files)('of files: %s', check)
  it.each(blocs)('of several things: %s', check)

  it('every character of a text of any length, in order', async () => {
    for (const unit of ['a', 'é', '漢', '👨‍👩‍👧‍👦', 'word \n']) {
      const text = unit.repeat(Math.ceil(60_000 / unit.length))
      const seen = await agentSeesMore(sandbox, talk, () => userSays(sandbox, talk.user, text))
      expect(seen.map((line) => line.slice('Teal: '.length)).join('')).toBe(text)
      for (const line of seen) expect(line.startsWith('Teal: ')).toBe(true)
    }
  })

  it('every character of the longest text that Botpress accepts, soon', async () => {
    const text = '漢a'.repeat(30_000)
    const startedMs = performance.now()
    const seen = await agentSeesMore(sandbox, talk, () => userSays(sandbox, talk.user, text))
    expect(seen.map((line) => line.slice('Teal: '.length)).join('')).toBe(text)
    expect(performance.now() - startedMs).toBeLessThan(10_000)
  })
})

describe('what the bot says during a session', () => {
  it.each([
    ['as a system message', { refuseSystemMessageFromCustomer: false }, /^LiveChat: /],
    [
      'as one that names no recipients',
      { refuseSystemMessageFromCustomer: false, refuseSystemMessageRecipients: true },
      /^LiveChat: /,
    ],
    ['labelled, if LiveChat takes none', { refuseSystemMessageFromCustomer: 'validation' }, /^Teal: \[Bot\] /],
    ['labelled, if LiveChat allows none', { refuseSystemMessageFromCustomer: 'authorization' }, /^Teal: \[Bot\] /],
    ['labelled, if access is missing', { refuseSystemMessageFromCustomer: 'missing_access' }, /^Teal: \[Bot\] /],
  ] as const)('is told apart from the end user’s words: %s', async (_, livechatKnobs, start) => {
    const sandbox = await startSandbox({ livechatKnobs })
    const talk = await startTalk(sandbox)
    const [farewell] = await agentSeesMore(sandbox, talk, () => talk.user.end())
    expect(farewell).toMatch(start)
    await sandbox.close()
  })
})

describe('the details of a session', () => {
  const card = (sandbox: Sandbox, talk: Talk) =>
    Object.assign(
      {},
      ...(sandbox.livechat.desk.chats().find(({ chatId }) => chatId === talk.chatId)?.customer.sessionFields ?? []),
    ) as Record<string, string>

  it('are on the customer card and in the first message: phone, language, custom fields', async () => {
    const sandbox = await startSandbox()
    const hitlSession = { phone: '+48 123 456 789', language: 'pl', customFields: { Order: '17', Plan: 'Gold' } }
    const talk = await startTalk(sandbox, { start: { title: 'Kettle', description: 'Leaks', hitlSession } })
    expect(card(sandbox, talk)).toMatchObject({ Phone: '+48 123 456 789', Language: 'pl', Order: '17', Plan: 'Gold' })
    expect(talk.agentSees()[0]).toContain(
      'Kettle\nLeaks\n\nPhone: +48 123 456 789\nLanguage: pl\nOrder: 17\nPlan: Gold',
    )
    await sandbox.close()
  })

  it.each([
    ['accepted', '+48 123-456 (789)', '+48123456789'],
    ['accepted', 'call me', undefined],
    ['refused', '+48 123 456 789', undefined],
    ['ignored', '+48 123 456 789', undefined],
  ] as const)(
    'show the phone number (%s: %s) in its own field as %s, and among the others',
    async (knob, phone, shown) => {
      const sandbox = await startSandbox({ livechatKnobs: { phoneNumberOfCustomer: knob } })
      const user = { name: 'Teal', email: 'teal@example.com' }
      const talk = await startTalk(sandbox, { user, start: { title: 'Kettle', hitlSession: { phone } } })
      const customer = sandbox.livechat.desk.chats().find(({ chatId }) => chatId === talk.chatId)?.customer
      expect(customer).toMatchObject({ name: 'Teal', email: 'teal@example.com' })
      expect(customer?.phoneNumber).toBe(shown)
      expect(card(sandbox, talk)).toMatchObject({ Phone: phone })
      await sandbox.close()
    },
  )

  it('beyond what the card takes are all in the first message, and the person still reaches an agent', async () => {
    const sandbox = await startSandbox()
    const customFields = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`Field ${index}`, `Value ${index}`]),
    )
    const odd = { ...customFields, empty: '', ['n'.repeat(3_000)]: 'v'.repeat(3_000) }
    const talk = await startTalk(sandbox, { start: { title: 'Kettle', hitlSession: { customFields: odd } } })
    expect(Object.keys(card(sandbox, talk)).length).toBeLessThanOrEqual(100)
    const briefing = talk.agentSees().join('')
    for (const [name, value] of Object.entries(customFields)) expect(briefing).toContain(`${name}: ${value}`)
    expect(briefing).toContain(`${'n'.repeat(3_000)}: ${'v'.repeat(3_000)}`)
    await sandbox.close()
  })

  it.each([
    ['a group that does not exist', { groupId: 77 }, /LiveChat has no group 77.*groupId that the bot passes/],
    ['a group that is no number', { groupId: 'sales' }, /groupId/],
  ])('that are wrong say so: %s', async (_, hitlSession, reason) => {
    const sandbox = await startSandbox()
    const user = sandbox.installation.endUser()
    const result = await user.askForHuman({ title: 'Hello', hitlSession })
    expect(JSON.stringify(result)).toMatch(reason)
    expect(sandbox.livechat.desk.chats().filter(({ state }) => state !== 'closed')).toEqual([])
    await sandbox.close()
  })
})

describe('the conversation before a session', () => {
  it('is short enough to read, shows what was offered and picked, and says how much it leaves out', async () => {
    const sandbox = await startSandbox({ botpressKnobs: { pageSize: 200 } })
    const user = sandbox.installation.endUser({ name: 'Teal' })
    const options = [
      { label: 'Blue', value: 'code-blue' },
      { label: 'Red', value: 'code-red' },
    ]
    user.seedHistory([
      { from: 'me', type: 'text', payload: { text: 'My kettle **leaks**' } },
      { from: 'bot', type: 'text', payload: { text: '**Sorry**! See [help](https://help.example)' } },
      ...Array.from({ length: 100 }, (_, index) => ({
        from: 'me' as const,
        type: 'text',
        payload: { text: `line ${index} ${'x'.repeat(300)}` },
      })),
      { from: 'bot', type: 'choice', payload: { text: 'Which one?', options } },
      { from: 'me', type: 'text', payload: { text: 'code-red' } },
      { from: 'me', type: 'image', payload: { imageUrl: 'https://files.bpcontent.cloud/leak.png', title: 'Leak' } },
    ])
    await user.askForHuman({ title: 'Kettle' })
    await sandbox.settle()
    const [briefing = '', ...more] = talkOf(sandbox, user).agentSees()
    expect(briefing).toContain('Teal: My kettle **leaks**\nBot: Sorry! See help (https://help.example)\n')
    expect(briefing).toContain(
      'Bot: Which one? [Blue / Red (chosen)]\nTeal: Red\nTeal: Image "Leak": https://files.bpcontent.cloud/leak.png',
    )
    const shown = [...briefing.matchAll(/line \d+/g)].length
    const leftOut = Number(/… (\d+) messages left out …/.exec(briefing)?.[1])
    expect(shown + leftOut).toBe(100)
    expect(leftOut).toBeGreaterThan(0)
    expect(more.some((line) => line.includes('line '))).toBe(false)
    await sandbox.close()
  })
})
