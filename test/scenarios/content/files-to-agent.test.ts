import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { agentSeesMore, png } from '../../helpers/content'
import { startTalk, talkOf, type Talk } from '../../helpers/talk'

/** What agents see of files whose address, name or content is not what it seems. */

const token = '7012345678:AAH-x_Yz0123456789abcdefghijklmnopq'
const telegram = (path: string): string => `https://api.telegram.org/file/bot${token}/${path}`
const files = (path: string): string => `https://files.channel.example/${path}`

type Answer = { status?: number; headers?: Record<string, string>; body: Buffer | string }
const pdf = '%PDF-1.7\n'
const page = '<!DOCTYPE html><html><body>Please sign in</body></html>'
const answers: Record<string, Answer | Answer[]> = {
  [`/file/bot${token}/photos/file_0.jpg`]: { body: png },
  [`/file/bot${token}/videos/file_1.mp4`]: { headers: { 'content-type': 'video/mp4' }, body: Buffer.alloc(15_000_000) },
  '/whatsapp-media_1055219': { headers: { 'content-type': 'application/pdf' }, body: pdf },
  '/9f86d081884c7d65': { headers: { 'content-disposition': 'attachment; filename="invoice.pdf"' }, body: pdf },
  '/9f86d081884c7d66': {
    headers: { 'content-disposition': "attachment; filename*=UTF-8''Rechnung%20M%C3%A4rz.pdf" },
    body: pdf,
  },
  '/T0-F0-abc/photo.jpg': { headers: { 'content-type': 'text/html; charset=utf-8' }, body: page },
  '/expired': { headers: { 'content-type': 'application/json' }, body: '{"ok":false}' },
  '/tool': { headers: { 'content-type': 'application/octet-stream' }, body: '\x7FELF\x02\x01\x01' },
  '/busy': [
    { status: 503, body: '' },
    { headers: { 'content-type': 'image/png' }, body: png },
  ],
}

let server: Server
let sandbox: Sandbox
let talk: Talk
beforeAll(async () => {
  server = createServer((request, response) => {
    const answer = answers[(request.url ?? '').split('?')[0] ?? '']
    const {
      status = 200,
      headers = {},
      body,
    } = (Array.isArray(answer) ? answer.shift() : answer) ?? {
      status: 404,
      body: '',
    }
    response.writeHead(status, headers).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const addressMap = { 'api.telegram.org': port, 'files.channel.example': port }
  // The plugin passes one page of the history.
  sandbox = await startSandbox({ process: { addressMap }, botpressKnobs: { pageSize: 20 } })
  talk = await startTalk(sandbox)
})
afterAll(async () => {
  await sandbox.close()
  server.closeAllConnections()
  server.close()
})

type Row = [what: string, type: string, payload: Record<string, unknown>, sees: string[]]
const check = async (_: string, type: string, payload: Record<string, unknown>, sees: string[]): Promise<void> => {
  const seen = await agentSeesMore(sandbox, talk, () => talk.user.send(type, payload))
  expect(seen).toEqual(sees.map((line) => `Teal: ${line}`))
}

const notGiven = 'the address gives a web page or a message, not the file'
const signed = files('gone.pdf?X-Amz-Expires=60&X-Amz-Signature=0123')

describe('an address with a credential', () => {
  it.each<Row>([
    ['a photo is copied', 'image', { imageUrl: telegram('photos/file_0.jpg') }, ['[image/png file_0.jpg]']],
    [
      'a large film is named',
      'video',
      { videoUrl: telegram('videos/file_1.mp4') },
      ['A video, which cannot be linked safely (larger than 10 MB)'],
    ],
    [
      'a photo that is gone is named',
      'image',
      { imageUrl: telegram('photos/gone.jpg'), title: 'Leak' },
      ['An image "Leak", which cannot be linked safely (could not be copied)'],
    ],
    [
      'a user and a password',
      'file',
      { fileUrl: 'https://user:pass@files.channel.example/a.pdf' },
      ['A file, which cannot be linked safely (could not be copied)'],
    ],
    [
      'a password behind one slash',
      'file',
      { fileUrl: 'https:/user:PW@files.channel.example/gone.pdf' },
      ['A file, which cannot be linked safely (could not be copied)'],
    ],
    [
      'a title that holds a key',
      'image',
      { imageUrl: telegram('photos/file_0.jpg'), title: `My ${telegram('x')} photo` },
      ['[image/png My [a link that cannot be shown safely] photo.png "My [a link that cannot be shown safely] photo"]'],
    ],
    [
      'an own name that holds a key',
      'file',
      { fileUrl: files('9f86d081884c7d65'), filename: 'xoxb-123456789012.pdf' },
      ['[application/pdf invoice.pdf]'],
    ],
    [
      'a place whose address holds a key is not sent as it is',
      'bloc',
      { items: [{ type: 'location', payload: { latitude: 1, longitude: 2, address: telegram('x') } }] },
      ['[a link that cannot be shown safely]\nhttps://www.google.com/maps?q=1,2'],
    ],
    ['a signed link is shown whole', 'file', { fileUrl: signed }, [`A file (could not be copied): ${signed}`]],
    ['what people type stays', 'text', { text: telegram('photos/file_0.jpg') }, [telegram('photos/file_0.jpg')]],
  ])('%s', check)

  it('is in no briefing, archive, card or log', async () => {
    const user = sandbox.installation.endUser({ name: 'Plum', pictureUrl: telegram('photos/file_9.jpg') })
    user.seedHistory([
      { from: 'me', type: 'image', payload: { imageUrl: telegram('photos/gone.jpg'), title: 'Leak' } },
      { from: 'me', type: 'audio', payload: { audioUrl: telegram('voice/gone.oga') } },
      { from: 'bot', type: 'text', payload: { text: `I have received ${telegram('photos/gone.jpg')}.` } },
    ])
    await user.askForHuman({ title: 'Leak', description: `Photo: ${telegram('photos/gone.jpg')}` })
    await sandbox.settle()
    const shown = talkOf(sandbox, user).agentSees().join('\n')
    expect(shown).toContain('Plum: Image "Leak", which cannot be linked safely')
    expect(shown).toContain('Plum: Audio, which cannot be linked safely')
    const everything = JSON.stringify([sandbox.livechat.desk.chats(), shown, sandbox.installation.logs()])
    expect(everything).not.toContain(token)
  })
})

describe('the file behind an address', () => {
  it.each<Row>([
    [
      'has its own name',
      'file',
      { fileUrl: files('whatsapp-media_1055219'), filename: 'Rechnung März (1).pdf' },
      ['[application/pdf Rechnung März (1).pdf]'],
    ],
    [
      'has its own name in a bloc',
      'bloc',
      {
        items: [
          {
            type: 'file',
            payload: { fileUrl: files('whatsapp-media_1055219'), filename: 'Rechnung März (1).pdf' },
          },
        ],
      },
      ['[application/pdf Rechnung März (1).pdf]'],
    ],
    [
      'has its own name, and a caption before it',
      'file',
      { fileUrl: files('whatsapp-media_1055219'), filename: 'a.pdf', title: 'My invoice' },
      ['My invoice', '[application/pdf a.pdf]'],
    ],
    ['has the server’s name', 'file', { fileUrl: files('9f86d081884c7d65') }, ['[application/pdf invoice.pdf]']],
    ['has its encoded name', 'file', { fileUrl: files('9f86d081884c7d66') }, ['[application/pdf Rechnung März.pdf]']],
    [
      'is a page in place of a photo',
      'image',
      { imageUrl: files('T0-F0-abc/photo.jpg') },
      [`An image (${notGiven}): ${files('T0-F0-abc/photo.jpg')}`],
    ],
    [
      'is an error in place of a document',
      'file',
      { fileUrl: files('expired'), filename: 'a.pdf' },
      [`A file "a.pdf" (${notGiven}): ${files('expired')}`],
    ],
    [
      'is a program',
      'file',
      { fileUrl: files('tool'), filename: 'invoice.pdf' },
      [`A file "invoice.pdf" (LiveChat does not accept programs): ${files('tool')}`],
    ],
    [
      'is a program whose name hides it',
      'file',
      { fileUrl: files('9f86d081884c7d65'), filename: 'invoice.ｅ\u200Bｘｅ.' },
      [`A file "invoice.ｅｘｅ." (LiveChat does not accept programs): ${files('9f86d081884c7d65')}`],
    ],
    [
      'has no name but dots',
      'file',
      { fileUrl: files('9f86d081884c7d65'), filename: '..' },
      ['[application/pdf invoice.pdf]'],
    ],
    [
      'is not in the address of an e-mail',
      'image',
      { imageUrl: 'cid:image001.png@01DB' },
      ['An image, which has no address of its own (could not be copied)'],
    ],
    ['comes at the second try', 'image', { imageUrl: files('busy') }, ['[image/png busy.png]']],
    [
      'is in the address itself',
      'image',
      { imageUrl: `data:image/png;base64,${png.toString('base64')}` },
      ['[image/png image.png]'],
    ],
    [
      'is in the address itself, as sound',
      'audio',
      { audioUrl: `data:audio/mp3;base64,${Buffer.from('ID3').toString('base64')}${'A'.repeat(66_000)}` },
      ['[audio/mpeg audio.mp3]'],
    ],
    [
      'is not in the address',
      'image',
      { imageUrl: 'data:image/png;base64,!!!!' },
      ['An image, which has no address of its own (could not be copied)'],
    ],
  ])('%s', check)
})

describe('a picture without an address in the history', () => {
  it('is one short line', async () => {
    const user = sandbox.installation.endUser({ name: 'Plum' })
    const imageUrl = `data:image/png;base64,${'A'.repeat(66_000)}`
    user.seedHistory([{ from: 'me', type: 'image', payload: { imageUrl } }])
    await user.askForHuman({ title: 'Leak' })
    await sandbox.settle()
    expect(talkOf(sandbox, user).agentSees()[0]).toMatch(/\nPlum: Image, which has no address of its own(\n|$)/)
  })
})

describe('files of the history whose address may not be shown', () => {
  const start = async (past: [type: string, payload: Record<string, unknown>][]): Promise<string[]> => {
    const user = sandbox.installation.endUser({ name: 'Plum' })
    user.seedHistory(past.map(([type, payload]) => ({ from: 'me', type, payload })))
    const started = await user.askForHuman({ title: 'Leak' })
    expect(started.started).toBe(true)
    await sandbox.settle()
    const seen = sandbox.livechat.desk.transcript(talkOf(sandbox, user).chatId)
    return seen.flatMap(({ author, event }) => {
      const { name } = event as Record<string, string | undefined>
      return name === undefined ? [] : [`${author}: ${name}`]
    })
  }
  const image = (number: number): [string, Record<string, unknown>] => [
    'image',
    { imageUrl: telegram('photos/file_0.jpg'), title: `Photo ${number}` },
  ]

  it('follow the briefing, in order', async () => {
    const data = `data:image/png;base64,${png.toString('base64')}`
    const past: [string, Record<string, unknown>][] = [image(1), ['image', { imageUrl: data, title: 'Drawing' }]]
    expect(await start(past)).toEqual(['Plum: Photo 1.png', 'Plum: Drawing.png'])
  })

  it('are five at most, the last ones', async () => {
    expect(await start([1, 2, 3, 4, 5, 6, 7].map(image))).toEqual([3, 4, 5, 6, 7].map((n) => `Plum: Photo ${n}.png`))
  })

  it('are left out if they cannot be fetched, or are too large', async () => {
    const gone: [string, Record<string, unknown>] = ['image', { imageUrl: telegram('photos/gone.jpg') }]
    const large: [string, Record<string, unknown>] = ['video', { videoUrl: telegram('videos/file_1.mp4') }]
    expect(await start([gone, large, image(1)])).toEqual(['Plum: Photo 1.png'])
  })

  it('do not hold up a start for longer than their budget', async () => {
    sandbox.faults.livechat.add({ route: 'customer/upload_file', times: 5, effect: { kind: 'hang' } })
    const startedMs = sandbox.clock.nowMs()
    expect(await start([image(1), image(2)])).toEqual([])
    expect(sandbox.clock.nowMs() - startedMs).toBeLessThan(10_000)
  })

  it('are not copied if their address may be shown', async () => {
    expect(await start([['file', { fileUrl: files('9f86d081884c7d65') }]])).toEqual([])
  })
})
