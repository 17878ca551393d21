import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { answerLikeADesk, type Desk } from '../testing/answers'
import { setUp, type SetUp } from '../testing/set-up'
import { pluginTexts } from './texts'

let sandbox: SetUp
let desk: Desk

beforeEach(async () => {
  sandbox = await setUp()
  desk = answerLikeADesk(sandbox.integration, sandbox.client)
})
afterEach(() => sandbox.close())

describe('the relay', () => {
  it('tells the end user which messages cannot be passed on', async () => {
    const user = sandbox.installation.endUser()
    await user.askForHuman()
    await user.sendLocation({ latitude: 1, longitude: 2 })
    await sandbox.botpress.settle()
    expect(user.chat().at(-1)?.text).toBe(pluginTexts.userTypeNotSupported)
    expect(sandbox.integration.bodies('message_created')).toEqual([])
  })

  it.each([
    ['image', 'imageUrl'],
    ['audio', 'audioUrl'],
    ['video', 'videoUrl'],
    ['file', 'fileUrl'],
  ])('passes on %s in both directions', async (type, field) => {
    const url = 'https://example.com/a'
    const user = sandbox.installation.endUser()
    await user.askForHuman()
    await user.send(type, { [field]: url })
    await sandbox.client.createMessage({
      conversationId: desk.conversationId,
      userId: await desk.agent('Grace'),
      type,
      payload: { [field]: url, title: 'A' },
      tags: {},
    })
    await sandbox.botpress.settle()
    expect(sandbox.integration.bodies('message_created')[0]).toMatchObject({ type, payload: { [field]: url, type } })
    expect(user.chat().at(-1)).toMatchObject({ from: 'Grace', type, url, title: 'A' })
  })

  it('tells the agent’s side which messages cannot be shown to the end user', async () => {
    const user = sandbox.installation.endUser()
    await user.askForHuman()
    await sandbox.client.createMessage({
      conversationId: desk.conversationId,
      userId: await desk.agent('Grace'),
      type: 'poll',
      payload: { question: 'ok?' },
      tags: {},
    })
    await sandbox.botpress.settle()
    const [body] = sandbox.integration.bodies('message_created')
    expect(body?.payload).toEqual({ type: 'text', text: pluginTexts.agentTypeNotSupported })
    expect(user.chat().map(({ text }) => text)).toEqual([pluginTexts.handoff])
  })

  it.each([
    ['webchat', 'Grace'],
    ['whatsapp', 'bot'],
  ] as const)('shows an agent on %s as %s', async (channel, from) => {
    const user = sandbox.installation.endUser({ channel })
    await user.askForHuman()
    await desk.says(await desk.agent('Grace'), 'hi', 'e1')
    await sandbox.botpress.settle()
    expect(user.chat().at(-1)).toMatchObject({ from, text: 'hi' })
  })
})
