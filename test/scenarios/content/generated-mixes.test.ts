import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { amber, startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { agentSeesMore, png, userSeesMore } from '../../helpers/content'
import { agentSays, startTalk, type Talk } from '../../helpers/talk'

/** Generated mixes of everything. No character and no item is lost, and none changes its place. */

let sandbox: Sandbox
let talk: Talk
beforeAll(async () => {
  sandbox = await startSandbox({ filterAgentsOnly: false })
  talk = await startTalk(sandbox)
  await agentSays(sandbox, talk.chatId, 'Hi')
})
afterAll(() => sandbox.close())

const runs = { numRuns: 12, seed: 7 }
/** Marked at both ends, so that no item can be mistaken for another or hidden within it. */
const words = fc
  .tuple(fc.nat(), fc.string({ unit: 'grapheme', maxLength: 40 }))
  .map(([number, text]) => `<${number}${text.replace(/\s/g, '_')}>`)

type Item = { type: string; payload: Record<string, unknown>; sees: string }
const media = (type: 'image' | 'audio' | 'video' | 'file', contentType: string) =>
  fc.nat().map((number) => ({ type, contentType, name: `${number}.${contentType.split('/')[1]}` }))
const files = fc.oneof(
  media('image', 'image/png'),
  media('audio', 'audio/ogg'),
  media('video', 'video/mp4'),
  media('file', 'application/pdf'),
)

const link = (name: string, contentType: string): string =>
  sandbox.botpress.addPublicFile({ name, contentType, bytes: contentType === 'image/png' ? png : Buffer.from('x') })

const items: fc.Arbitrary<() => Item> = fc.oneof(
  words.map((text) => () => ({ type: 'text', payload: { text }, sees: text })),
  files.map(({ type, name, contentType }) => () => ({
    type,
    payload: { [`${type}Url`]: link(name, contentType) },
    sees: `[${contentType} ${name}]`,
  })),
  fc
    .record({
      latitude: fc.integer({ min: -90, max: 90 }),
      longitude: fc.integer({ min: -180, max: 180 }),
      title: words,
    })
    .map((payload) => () => ({
      type: 'location',
      payload,
      sees: `${payload.title}\nhttps://www.google.com/maps?q=${payload.latitude},${payload.longitude}`,
    })),
)

describe('mixes of everything', () => {
  it('reach the agent whole and in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(items, { minLength: 1, maxLength: 8 }), async (makers) => {
        const mix = makers.map((make) => make())
        const seen = await agentSeesMore(sandbox, talk, () =>
          talk.user.sendBloc(mix.map(({ type, payload }) => ({ type, payload }))),
        )
        expect(seen.map((line) => line.slice('Teal: '.length)).join('\n')).toBe(mix.map(({ sees }) => sees).join('\n'))
      }),
      runs,
    )
  })

  it('reach the end user whole and in order', async () => {
    const element = fc.record(
      {
        title: words,
        subtitle: words,
        image: words.map((text) => ({ url: `https://shop.example/${encodeURIComponent(text)}`, name: text })),
        buttons: fc.array(
          fc.tuple(words, fc.uuid()).map(([text, postback_id]) => ({ text, postback_id, user_ids: [] })),
          { maxLength: 4 },
        ),
      },
      { requiredKeys: [] },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(element, { minLength: 1, maxLength: 5 }), async (elements) => {
        let number = 0
        const lines = elements.flatMap(({ title, subtitle, image, buttons = [] }) => {
          const text = [title, subtitle, ...buttons.map((button) => `${(number += 1)}. ${button.text}`)].filter(Boolean)
          return [
            ...(image ? [`image "${image.name}" ${image.url}`] : []),
            ...(text.length > 0 ? [`text ${text.join('\n')}`] : []),
          ]
        })
        const event = { type: 'rich_message', template_id: 'cards', elements }
        const seen = await userSeesMore(sandbox, talk, () =>
          sandbox.livechat.desk.send(talk.chatId, amber.email, event),
        )
        expect(seen).toEqual(lines)
      }),
      runs,
    )
  })

  it('of messages that both sides write at the same time arrive once each', async () => {
    const from = (who: string): string[] => Array.from({ length: 8 }, (_, index) => `${who} ${index}`)
    let agentSaw: string[] = []
    const userSaw = await userSeesMore(sandbox, talk, async () => {
      agentSaw = await agentSeesMore(sandbox, talk, async () => {
        for (const text of from('agent')) sandbox.livechat.desk.say(talk.chatId, amber.email, text)
        await Promise.all(from('user').map((text) => talk.user.say(text)))
      })
    })
    // Webhooks that leave at the same instant keep no order.
    expect(userSaw.sort()).toEqual(from('agent').map((text) => `text ${text}`))
    const fromUser = agentSaw.filter((line) => line.startsWith('Teal: '))
    expect(fromUser.sort()).toEqual(from('user').map((text) => `Teal: ${text}`))
  })
})

describe.each([false, true])('what the bot’s own code sends (system messages are refused: %s)', (isRefused) => {
  let another: Sandbox
  let session: Talk
  beforeAll(async () => {
    another = await startSandbox({ livechatKnobs: { refuseSystemMessageFromCustomer: isRefused && 'validation' } })
    session = await startTalk(another)
  })
  afterAll(() => another.close())
  const bot = isRefused ? 'Teal: [Bot] ' : 'LiveChat: '

  const rows: [string, Record<string, unknown>, string, string, string[]][] = [
    ['image', { title: 'The plan' }, 'plan.png', 'image/png', ['[image/png The plan.png "The plan"]']],
    ['audio', {}, 'hello.ogg', 'audio/ogg', ['[audio/ogg hello.ogg]']],
    ['video', { title: 'How to' }, 'film.mp4', 'video/mp4', ['[video/mp4 How to.mp4]']],
    ['file', { title: 'Terms' }, 'terms.pdf', 'application/pdf', ['[application/pdf Terms.pdf]']],
  ]
  it.each(rows)('%s is a file that is marked as the bot’s', async (type, more, name, contentType, file) => {
    const bytes = contentType === 'image/png' ? png : Buffer.from('x')
    const url = another.botpress.addPublicFile({ name, contentType, bytes })
    const seen = await agentSeesMore(another, session, () =>
      another.installation.botSends(session.conversationId, type, { [`${type}Url`]: url, ...more }),
    )
    expect(seen).toHaveLength(2)
    expect(seen[0]?.startsWith(`${bot}sent a`)).toBe(true)
    expect(seen[1]).toBe(`Teal: ${file[0]}`)
  })

  it('as a link, or in several parts, is marked as the bot’s, too', async () => {
    const items = [
      { type: 'text', payload: { text: 'Two things:' } },
      { type: 'image', payload: { imageUrl: 'http://127.0.0.1/a.png', title: 'Map' } },
      { type: 'location', payload: { latitude: 1, longitude: 2 } },
    ]
    const seen = await agentSeesMore(another, session, () =>
      another.installation.botSends(session.conversationId, 'bloc', { items }),
    )
    expect(seen).toEqual([
      `${bot}Two things:`,
      `${bot}An image "Map" (could not be copied): http://127.0.0.1/a.png`,
      `${bot}https://www.google.com/maps?q=1,2`,
    ])
  })
})
