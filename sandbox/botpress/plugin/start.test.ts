import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { noPersonText, politeBot } from '../index'
import { answerLikeADesk } from '../testing/answers'
import { runtimeError } from '../testing/fake-integration'
import { setUp, type SetUp } from '../testing/set-up'
import { pluginTexts } from './texts'

let sandbox: SetUp

beforeEach(async () => {
  sandbox = await setUp()
  answerLikeADesk(sandbox.integration, sandbox.client)
})
afterEach(() => sandbox.close())

const inputsOf = (action: string) =>
  sandbox.integration
    .bodies('action_triggered')
    .filter(({ type }) => type === action)
    .map(({ input }) => input as Record<string, unknown>)

describe('createUser', () => {
  it('gets an invented address and name when the end user gave none', async () => {
    const user = sandbox.installation.endUser()
    await user.askForHuman()
    const email = `${user.userId}@no-reply.${sandbox.installation.botId}.botpress.com`
    expect(inputsOf('createUser')).toEqual([{ name: 'Unknown User', email }])
  })

  it('writes dashes for underscores of the bot id in the invented address', async () => {
    const { botpress, integration } = sandbox
    const settings = { integrationUrl: integration.url, configuration: { apiKey: 'k' }, botId: 'my_own_bot' }
    const installation = await botpress.install(settings)
    answerLikeADesk(integration, sandbox.clientOf(installation))
    await installation.endUser().askForHuman()
    expect(inputsOf('createUser')[0]?.email).toMatch(/@no-reply\.my-own-bot\.botpress\.com$/)
  })

  it('gets what is known: the start’s e-mail address rather than the user’s', async () => {
    const user = sandbox.installation.endUser({
      name: 'Plum',
      email: 'a@example.com',
      pictureUrl: 'https://example.com/a.png',
    })
    await user.askForHuman({ userEmail: 'b@example.com' })
    expect(inputsOf('createUser')).toEqual([
      { name: 'Plum', email: 'b@example.com', pictureUrl: 'https://example.com/a.png' },
    ])
  })

  it('never gets the address that the channel has: the plugin cannot read it', async () => {
    sandbox.botpress.setBot(politeBot)
    const user = sandbox.installation.endUser({ name: 'Plum', email: 'a@example.com' })
    await user.say('agent please')
    await sandbox.botpress.settle()
    expect(inputsOf('createUser')).toMatchObject([
      { name: 'Plum', email: expect.stringMatching(/@no-reply\./) as string },
    ])
  })

  it('is called again when the linked user is gone', async () => {
    const user = sandbox.installation.endUser()
    await user.askForHuman()
    await user.botStops()
    await sandbox.client.deleteUser({ id: user.session.userId ?? '' })
    await user.askForHuman()
    expect(inputsOf('createUser')).toHaveLength(2)
  })
})

describe('messageHistory', () => {
  const twelve = [
    ['text', { text: 'hi' }],
    ['image', { imageUrl: 'https://example.com/i' }],
    ['audio', { audioUrl: 'https://example.com/a' }],
    ['video', { videoUrl: 'https://example.com/v' }],
    ['file', { fileUrl: 'https://example.com/f', title: 'f' }],
    ['location', { latitude: 1, longitude: 2 }],
    ['carousel', { items: [] }],
    ['card', { title: 'c', actions: [] }],
    ['dropdown', { text: 'd', options: [] }],
    ['choice', { text: 'c', options: [] }],
    ['bloc', { items: [] }],
    ['markdown', { markdown: '*m*' }],
  ] as const

  it('holds all twelve types, oldest first, and the handoff text', async () => {
    const user = sandbox.installation.endUser()
    user.seedHistory(twelve.map(([type, payload], index) => ({ from: index % 2 ? 'bot' : 'me', type, payload })))
    await user.askForHuman()
    const history = inputsOf('startHitl')[0]?.messageHistory as { type: string; payload: unknown; source: unknown }[]
    expect(history.slice(0, -1).map(({ type, payload }) => [type, payload])).toEqual(twelve)
    expect(history.at(-1)).toMatchObject({ source: { type: 'bot' }, payload: { text: pluginTexts.handoff } })
    expect(history[0]?.source).toEqual({ type: 'user', userId: user.session.userId })
  })

  it('is one page of the newest messages', async () => {
    sandbox.botpress.knobs.pageSize = 3
    const user = sandbox.installation.endUser()
    user.seedHistory(['1', '2', '3', '4'].map((text) => ({ from: 'me', type: 'text', payload: { text } })))
    await user.askForHuman()
    const history = inputsOf('startHitl')[0]?.messageHistory as { payload: { text: string } }[]
    expect(history.map(({ payload }) => payload.text)).toEqual(['3', '4', pluginTexts.handoff])
  })

  it('has messages of one millisecond newest first, with the knob', async () => {
    sandbox.botpress.knobs.equalMessageTimes = true
    const user = sandbox.installation.endUser()
    await user.say('agent please')
    await sandbox.clock.advance(1)
    user.botSays('text', { text: 'one' })
    user.botSays('text', { text: 'two' })
    await sandbox.clock.advance(1)
    await user.askForHuman()
    const history = inputsOf('startHitl')[0]?.messageHistory as { payload: { text: string } }[]
    expect(history.map(({ payload }) => payload.text)).toEqual(['agent please', 'two', 'one', pluginTexts.handoff])
  })

  it('brings every author through createUser once, with the knob', async () => {
    sandbox.botpress.knobs.linksAuthorsPerMessage = false
    const user = sandbox.installation.endUser({ name: 'Plum' })
    const other = { from: { name: 'Moss' }, type: 'text', payload: { text: 'me too' } }
    user.seedHistory([other, other])
    await user.askForHuman()
    expect(inputsOf('createUser').map(({ name }) => name)).toEqual(['Plum', 'Moss'])
  })

  it('calls createUser for each message of an author', async () => {
    const user = sandbox.installation.endUser({ name: 'Plum' })
    const other = { from: { name: 'Moss' }, type: 'text', payload: { text: 'me too' } }
    user.seedHistory([other, other])
    await user.askForHuman()
    expect(inputsOf('createUser').map(({ name }) => name)).toEqual(['Plum', 'Moss', 'Moss'])
  })

  it.each([
    [true, { type: 'text', text: pluginTexts.handoff }],
    [false, { text: pluginTexts.handoff }],
  ])('carries stray fields of the plugin: %s', async (extras, payload) => {
    sandbox.botpress.knobs.historyPayloadExtras = extras
    await sandbox.installation.endUser().askForHuman()
    expect(inputsOf('startHitl')[0]?.messageHistory).toMatchObject([{ payload }])
    expect((inputsOf('startHitl')[0]?.messageHistory as { payload: unknown }[])[0]?.payload).toEqual(payload)
  })
})

describe('a start that fails', () => {
  it.each([
    ['createUser throws', 'createUser', () => runtimeError('no users today'), 'no users today'],
    ['startHitl throws', 'startHitl', () => runtimeError('nobody is online'), 'nobody is online'],
    [
      'startHitl names no conversation',
      'startHitl',
      () => ({ body: { output: {} } }),
      'Output of startHitl: / must have',
    ],
    [
      'its conversation is missing',
      'startHitl',
      () => ({ body: { output: { conversationId: 'c1' } } }),
      'c1 was not found',
    ],
    ['the answer is not JSON', 'startHitl', () => ({ body: '<html>' }), 'Output of startHitl'],
  ])('links nothing when %s', async (_, action, answer, reason) => {
    sandbox.integration.on(action, answer)
    const user = sandbox.installation.endUser()
    expect(await user.askForHuman()).toEqual({ started: false, reason: expect.stringContaining(reason) as string })
    expect(user.session.active).toBe(false)
    expect(sandbox.effects('session_started', 'session_start_failed')).toMatchObject([
      { effect: 'session_start_failed' },
    ])
  })

  it('lets the bot tell the end user that nobody is available', async () => {
    sandbox.integration.on('startHitl', () => runtimeError('nobody is online'))
    sandbox.botpress.setBot(politeBot)
    const user = sandbox.installation.endUser()
    await user.say('a human, please')
    await sandbox.botpress.settle()
    expect(user.chat().at(-1)).toMatchObject({ from: 'bot', text: noPersonText })
  })

  it('passes title, description and session settings on, and refuses what the schema does not know', async () => {
    const user = sandbox.installation.endUser()
    await user.askForHuman({ title: 'T', description: 'D', hitlSession: { group: '1' } })
    expect(inputsOf('startHitl')[0]).toMatchObject({ title: 'T', description: 'D', hitlSession: { group: '1' } })
    const other = sandbox.installation.endUser()
    expect(await other.askForHuman({ hitlSession: { colour: 'red' } })).toMatchObject({ started: false })
  })
})

it('ignores a second start for the same words, and says nothing', async () => {
  const user = sandbox.installation.endUser()
  await user.say('agent')
  await user.askForHuman()
  await user.botStops()
  expect(await user.askForHuman()).toMatchObject({ started: false })
  await user.say('agent!')
  expect(await user.askForHuman()).toMatchObject({ started: true })
})

describe('an installation under another alias than the name', () => {
  it('names the integration by the alias, and links users by it', async () => {
    const other = await setUp({ usesOwnAlias: true })
    answerLikeADesk(other.integration, other.client)
    expect(other.installation.alias).toBe('our-desk')
    const user = other.installation.endUser()
    expect(await user.askForHuman()).toMatchObject({ started: true })
    expect(other.installation.conversations()[0]?.integration).toBe('our-desk')
    expect(other.installation.users()[0]?.pluginTags).toMatchObject({ integrationAlias: 'our-desk' })
    await user.botStops()
    await user.askForHuman()
    expect(other.integration.bodies('action_triggered').filter(({ type }) => type === 'createUser')).toHaveLength(1)
    await other.close()
  })
})

describe('messages of one end user that are processed side by side', () => {
  it('may start two sessions at once', async () => {
    sandbox.botpress.knobs.concurrentUpstreamMessages = true
    const user = sandbox.installation.endUser()
    await Promise.all([user.askForHuman({ title: 'One' }), user.askForHuman({ title: 'Two' })])
    expect(inputsOf('startHitl').map(({ title }) => title)).toEqual(['One', 'Two'])
  })
})
