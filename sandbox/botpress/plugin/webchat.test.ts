import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BotpressKnobs } from '../index'
import { answerLikeADesk, type Desk } from '../testing/answers'
import { refusalOf, setUp, type SetUp } from '../testing/set-up'

let sandbox: SetUp
let desk: Desk

beforeEach(async () => {
  sandbox = await setUp()
  desk = answerLikeADesk(sandbox.integration, sandbox.client)
})
afterEach(() => sandbox.close())

const startWith = async (channel: 'webchat' | 'whatsapp' = 'webchat') => {
  const user = sandbox.installation.endUser({ channel })
  await user.askForHuman()
  return { user, agent: await desk.agent('Grace') }
}

const says = async (agent: string, text: string): Promise<void> => {
  await desk.says(agent, text, text)
  await sandbox.botpress.settle()
}

describe('an agent’s words in the webchat', () => {
  it('name the webchat’s copy of the agent, also in the history of the next session', async () => {
    const { user, agent } = await startWith()
    await says(agent, 'hello')
    const copyId = user.chat().at(-1)?.payload.userId
    expect(copyId).toMatch(/^user_/)
    expect(copyId).not.toBe(agent)
    await user.botStops()
    await user.askForHuman()
    const [, second] = sandbox.integration
      .bodies('action_triggered')
      .flatMap(({ type, input }) => (type === 'startHitl' ? [input as { messageHistory: unknown[] }] : []))
    expect(second?.messageHistory).toContainEqual({
      source: { type: 'bot' },
      type: 'text',
      payload: { type: 'text', text: 'hello', userId: copyId },
    })
  })

  const rows: [BotpressKnobs['webchatCopiesOfAgents'], string, string][] = [
    ['updated', 'Grace', 'Grace Hopper'],
    ['kept', 'Grace', 'Grace'],
    ['refused', 'bot', 'bot'],
  ]
  it.each(rows)('come under the name that the copy has (%s): %s, then %s', async (knob, first, second) => {
    sandbox.botpress.knobs.webchatCopiesOfAgents = knob
    const { user, agent } = await startWith()
    await says(agent, 'one')
    await sandbox.client.updateUser({ id: agent, name: 'Grace Hopper' })
    await says(agent, 'two')
    const { conversationId } = desk
    await sandbox.client.createEvent({ type: 'hitlAssigned', payload: { conversationId, userId: agent } })
    await says(agent, 'three')
    const from = (text: string): string | undefined => user.chat().find((line) => line.text === text)?.from
    expect([from('one'), from('two'), from('three')]).toEqual([first, first, second])
  })

  it.each([
    ['another channel', 'whatsapp', true],
    ['the setting Use Human Agent Info off', 'webchat', false],
  ] as const)('are the bot’s with %s', async (_, channel, useHumanAgentInfo) => {
    sandbox.installation.configurePlugin({ useHumanAgentInfo })
    const { user, agent } = await startWith(channel)
    await says(agent, 'hello')
    expect(user.chat().at(-1)).toMatchObject({ from: 'bot', text: 'hello', payload: { type: 'text', text: 'hello' } })
    expect(user.chat().at(-1)?.payload).not.toHaveProperty('userId')
  })
})

it.each([
  [false, { code: 404 }],
  [true, { name: 'Grace' }],
])('lets the integration look up the copy with the knob only: %s', async (channelUsersReadable, outcome) => {
  sandbox.botpress.knobs.channelUsersReadable = channelUsersReadable
  const { user, agent } = await startWith()
  await says(agent, 'hello')
  const id = String(user.chat().at(-1)?.payload.userId)
  const answer = channelUsersReadable
    ? (await sandbox.client.getUser({ id })).user
    : await refusalOf(sandbox.client.getUser({ id }))
  expect(answer).toMatchObject(outcome)
  expect((await sandbox.client.listUsers({})).users.map((found) => found.id)).not.toContain(id)
})

describe('relayed messages carry the plugin’s tags', () => {
  it.each([
    [false, {}],
    [true, { 'hitl#upstream': expect.stringMatching(/^msg_/) as string }],
  ])('to the agent, visible: %s', async (pluginTagsVisible, tags) => {
    sandbox.botpress.knobs.pluginTagsVisible = pluginTagsVisible
    const { user } = await startWith()
    await user.say('hi')
    await sandbox.botpress.settle()
    expect(sandbox.integration.bodies('message_created')[0]).toMatchObject({ message: { tags } })
    const { messages } = await sandbox.client.listMessages({ conversationId: desk.conversationId })
    expect(messages[0]?.tags).toEqual(tags)
  })

  it('to the end user, with additional data', async () => {
    const { user, agent } = await startWith()
    const { message } = await sandbox.client.createMessage({
      conversationId: desk.conversationId,
      userId: agent,
      type: 'text',
      payload: { text: 'hi', additionalData: 'x1' },
      tags: {},
    })
    await sandbox.botpress.settle()
    expect(user.chat().at(-1)?.payload).toMatchObject({ text: 'hi', additionalData: 'x1' })
    expect(sandbox.effects('message_shown').at(-1)).toMatchObject({ messageId: message.id, additionalData: 'x1' })
  })
})
