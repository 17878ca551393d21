import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { amber, startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { agentSays, startTalk, userSays } from '../../helpers/talk'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

describe('messages', () => {
  it('reach the agent under the customer’s name and the end user under the agent’s, in order and once', async () => {
    const talk = await startTalk(sandbox)
    await userSays(sandbox, talk.user, 'It is the blue one')
    await agentSays(sandbox, talk.chatId, 'Which year did you buy it?')
    await userSays(sandbox, talk.user, '2019 🙂')
    expect(talk.agentSees().slice(-3)).toEqual([
      'Teal: It is the blue one',
      'Agent Amber: Which year did you buy it?',
      'Teal: 2019 🙂',
    ])
    expect(talk.userSees().slice(-3)).toEqual([
      'me: It is the blue one',
      'Agent Amber: Which year did you buy it?',
      'me: 2019 🙂',
    ])
  })

  it('over 16 KB arrive whole, in order, in several messages', async () => {
    const talk = await startTalk(sandbox)
    const text = Array.from({ length: 4_000 }, (_, line) => `line ${line} 🙂`).join('\n')
    await userSays(sandbox, talk.user, text)
    const pieces = talk.agentSees().filter((line) => line.startsWith('Teal: ') && !line.startsWith('Teal: [Bot]'))
    expect(pieces.length).toBeGreaterThan(1)
    expect(pieces.map((piece) => piece.slice('Teal: '.length)).join('')).toBe(text)
  })
})

describe('private things', () => {
  it('keeps an agent’s private note from the end user', async () => {
    const talk = await startTalk(sandbox)
    sandbox.livechat.desk.note(talk.chatId, amber.email, 'This customer is difficult')
    await sandbox.settle()
    expect(talk.agentSees().at(-1)).toContain('This customer is difficult')
    expect(talk.userSees().join('\n')).not.toContain('difficult')
  })
})

describe('files', () => {
  it('go from the end user to the agent as files in LiveChat', async () => {
    const talk = await startTalk(sandbox)
    const url = sandbox.botpress.addPublicFile({ name: 'leak.png', contentType: 'image/png', bytes: png })
    await talk.user.sendImage(url, 'The leak')
    await sandbox.settle()
    const shown = sandbox.livechat.desk.transcript(talk.chatId).at(-1)
    expect(shown).toMatchObject({ author: 'Teal', type: 'file' })
    expect(shown?.text).toMatch(/^\[file\] .*\.png https:\/\/cdn\.livechat-files\.com\//)
  })

  it('go from the agent to the end user by their kind', async () => {
    const talk = await startTalk(sandbox)
    sandbox.livechat.desk.sendFile(talk.chatId, amber.email, {
      name: 'manual.pdf',
      contentType: 'application/pdf',
      bytes: Buffer.from('%PDF-1.4'),
    })
    sandbox.livechat.desk.sendFile(talk.chatId, amber.email, { name: 'part.png', contentType: 'image/png', bytes: png })
    await sandbox.settle()
    const shown = talk.user.chat().slice(-2)
    const find = (kind: string) => shown.find(({ type }) => type === kind)
    expect(find('file')).toMatchObject({ from: 'Agent Amber', title: 'manual.pdf' })
    expect(find('image')).toMatchObject({ from: 'Agent Amber', title: 'part.png' })
  })

  it('that are too large arrive as a link that says why', async () => {
    const talk = await startTalk(sandbox)
    const url = sandbox.botpress.addPublicFile({
      name: 'film.mp4',
      contentType: 'video/mp4',
      bytes: Buffer.alloc(10_000_001),
    })
    await talk.user.sendVideo(url)
    await sandbox.settle()
    expect(talk.agentSees().at(-1)).toBe(`Teal: A video (larger than 10 MB): ${url}`)
  })

  it('at addresses inside the network are never fetched', async () => {
    const talk = await startTalk(sandbox)
    await talk.user.sendImage('http://169.254.169.254/latest/meta-data')
    await sandbox.settle()
    expect(talk.agentSees().at(-1)).toBe(
      'Teal: An image (could not be copied): http://169.254.169.254/latest/meta-data',
    )
  })
})

describe('several things at once', () => {
  it('keep their order: text, location, file', async () => {
    const talk = await startTalk(sandbox)
    const url = sandbox.botpress.addPublicFile({ name: 'leak.png', contentType: 'image/png', bytes: png })
    await talk.user.sendBloc([
      { type: 'text', payload: { text: 'Here it is' } },
      { type: 'location', payload: { latitude: 51.5, longitude: -0.12, address: 'Riverside 1' } },
      { type: 'image', payload: { imageUrl: url } },
      { type: 'text', payload: { text: 'and that was all' } },
    ])
    await sandbox.settle()
    const lines = talk.agentSees().slice(-3)
    expect(lines[0]).toBe('Teal: Here it is\nRiverside 1\nhttps://www.google.com/maps?q=51.5,-0.12')
    expect(lines[1]).toMatch(/^Teal: \[file\] /)
    expect(lines[2]).toBe('Teal: and that was all')
  })
})
