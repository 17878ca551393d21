import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { amber, startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { agentSeesMore, userSeesMore } from '../../helpers/content'
import { agentSays, startTalk, talkOf, type Talk } from '../../helpers/talk'

describe('what an agent reads', () => {
  let sandbox: Sandbox
  let talk: Talk
  beforeAll(async () => {
    sandbox = await startSandbox({ livechatKnobs: { refuseSystemMessageFromCustomer: false } })
    talk = await startTalk(sandbox)
  })
  afterAll(() => sandbox.close())

  it('has no marks of Markdown in the title, the description and what the bot said', async () => {
    const user = sandbox.installation.endUser({ name: 'Plum' })
    const options = [{ label: 'Yes', value: 'y' }]
    user.seedHistory([
      { from: 'me', type: 'text', payload: { text: 'My **kettle** [leaks](https://a.example)' } },
      { from: 'bot', type: 'choice', payload: { text: '**Really?**', options } },
      { from: 'bot', type: 'card', payload: { title: '*Kettle*', subtitle: '`K1`', actions: [] } },
    ])
    const description = '## Summary\n- **Order** [17](https://shop.example/17)\n- wants a _refund_'
    await user.askForHuman({ title: '**Broken** kettle', description })
    await sandbox.settle()
    const [briefing = ''] = talkOf(sandbox, user).agentSees()
    expect(briefing).toContain(
      'LiveChat: Broken kettle\nSummary\n• Order 17 (https://shop.example/17)\n• wants a refund\n',
    )
    expect(briefing).toContain('Bot: Really? [Yes]\nBot: Kettle')
    expect(briefing).toContain('Plum: My **kettle** [leaks](https://a.example)')
  })

  it('has none in what the bot says live', async () => {
    const say = () =>
      sandbox.installation.botSends(talk.conversationId, 'text', { text: '**Please** see [help](https://a.example)' })
    expect(await agentSeesMore(sandbox, talk, say)).toEqual(['LiveChat: Please see help (https://a.example)'])
  })

  it.each([
    ['[jo@example.com](mailto:jo@example.com)', 'jo@example.com'],
    ['Call [514-123-4567](tel:5141234567) **now**', 'Call 514-123-4567 **now**'],
    ['[help](mailto:jo@example.com)', '[help](mailto:jo@example.com)'],
  ])('shows of %s the address once', async (text, shown) => {
    expect(await agentSeesMore(sandbox, talk, () => talk.user.say(text))).toEqual([`Teal: ${shown}`])
    const items = [{ type: 'markdown', payload: { markdown: text } }]
    const [inBloc] = await agentSeesMore(sandbox, talk, () => talk.user.sendBloc(items))
    expect(inBloc?.match(/jo@example.com|514-?123-?4567/g)).toHaveLength(1)
  })
})

describe('a translated message', () => {
  const translation = { source_lang_code: 'en', target_lang_code: 'de', target_message: 'Guten Tag' }
  const hello = (properties: Record<string, unknown>) => ({ type: 'message', text: 'Good day', properties })

  it.each<[string, string | undefined, Record<string, unknown>, string]>([
    ['in the language of the session', 'de', { translation }, 'Guten Tag'],
    ['in that language by its name', 'Deutsch', { translation }, 'Guten Tag'],
    [
      'in that language of a country',
      'de-AT',
      { translation: { ...translation, target_lang_code: 'DE_de' } },
      'Guten Tag',
    ],
    ['in another language', 'fr', { translation }, 'Good day'],
    ['where the session has no language', undefined, { translation }, 'Good day'],
    ['without words', 'de', { translation: { ...translation, target_message: ' ' } }, 'Good day'],
    ['of another kind', 'de', { translation: { ...translation, target_message: 7 } }, 'Good day'],
    ['not at all', 'de', {}, 'Good day'],
  ])('reaches the end user %s', async (_, language, properties, shown) => {
    const sandbox = await startSandbox()
    const talk = await startTalk(sandbox, { start: { title: 'Hi', hitlSession: { language } } })
    await agentSays(sandbox, talk.chatId, 'Hello')
    const { desk } = sandbox.livechat
    expect(await userSeesMore(sandbox, talk, () => desk.send(talk.chatId, amber.email, hello(properties)))).toEqual([
      `text ${shown}`,
    ])
    await sandbox.close()
  })
})
