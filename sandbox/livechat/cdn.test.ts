import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { like, AMBER, dig, startBench, type Bench, type Json, type TestCustomer } from './test-bench'

const MIB = 1024 * 1024
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAIAAAA2iEnWAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

let bench: Bench
let who: TestCustomer
let chatId: string
beforeEach(async () => {
  bench = await startBench()
  who = await bench.customer()
  chatId = String((await bench.call(who, 'start_chat')).body['chat_id'])
})
afterEach(() => bench.close())

const errorOf = (answer: { body: Json }): unknown => dig(answer.body, 'error', 'type')
const pathOf = (url: unknown): string => new URL(String(url)).pathname
const sendFile = (url: unknown, more: Json = {}) =>
  bench.call(who, 'send_event', { chat_id: chatId, event: { type: 'file', url, ...more } })
const lastEvent = (): Json | undefined => bench.livechat.desk.transcript(chatId).at(-1)?.event

describe('upload_file', () => {
  it('keeps every byte, the name and the type', async () => {
    const bytes = Buffer.from(Array.from({ length: 1024 }, (_value, index) => index % 256))
    const { body } = await bench.upload(who, 'Übersicht "1".pdf', 'application/pdf', bytes)
    expect(body['url']).toMatch(/^https:\/\/cdn\.livechat-files\.com\/api\/file\/lc\/att\//)
    const file = await fetch(bench.livechat.url + pathOf(body['url']))
    expect(file.headers.get('content-type')).toBe('application/pdf')
    expect(Buffer.from(await file.arrayBuffer()).equals(bytes)).toBe(true)
    await sendFile(body['url'])
    expect(lastEvent()).toMatchObject({ type: 'file', name: 'Übersicht "1".pdf', content_type: 'application/pdf' })
    expect(lastEvent()).not.toHaveProperty('size')
  })

  it('describes images', async () => {
    const { body } = await bench.upload(who, 'dot.png', 'image/png', PNG)
    await sendFile(body['url'], { alternative_text: 'a dot' })
    expect(lastEvent()).toMatchObject({
      size: PNG.length,
      width: 2,
      height: 3,
      thumbnail_url: like(/cdn\.livechat-files\.com/),
      alternative_text: 'a dot',
    })
    expect((await bench.get(pathOf(lastEvent()?.['thumbnail2x_url']))).status).toBe(200)
  })

  it('accepts 10 MB and not a byte more', async () => {
    expect((await bench.upload(who, 'big.bin', 'application/octet-stream', Buffer.alloc(10 * MIB))).status).toBe(200)
    const answer = await bench.upload(who, 'big.bin', 'application/octet-stream', Buffer.alloc(10 * MIB + 1))
    expect(errorOf(answer)).toBe('entity_too_large')
  })

  it.each(['run.exe', 'run.BAT', 'run.sh', 'run.msi', 'run.cmd'])('refuses %s', async (name) => {
    expect(errorOf(await bench.upload(who, name, 'application/octet-stream', Buffer.from('x')))).toBe('validation')
  })

  it('refuses bodies that are not an upload', async () => {
    expect(errorOf(await bench.call(who, 'upload_file', { file: 'x' }))).toBe('validation')
    const form = new FormData()
    form.append('other', new Blob(['x']), 'x.txt')
    const query = `?organization_id=${bench.livechat.license.organizationId}`
    const answer = await fetch(`${bench.livechat.url}/v3.6/customer/action/upload_file${query}`, {
      method: 'POST',
      body: form,
      headers: { authorization: `Bearer ${who.token}` },
    })
    expect(dig(await answer.json(), 'error', 'message')).toBe('file: Required')
  })
})

describe('the CDN', () => {
  const DAY_MS = 24 * 3600_000

  it('deletes a file that nobody used for a day', async () => {
    const unused = (await bench.upload(who, 'a.txt', 'text/plain', Buffer.from('a'))).body['url']
    const used = (await bench.upload(who, 'b.txt', 'text/plain', Buffer.from('b'))).body['url']
    await sendFile(used)
    await bench.clock.advance(DAY_MS - 1)
    expect((await bench.get(pathOf(unused))).status).toBe(200)
    await bench.clock.advance(1)
    expect((await bench.get(pathOf(unused))).status).toBe(404)
    expect((await bench.get(pathOf(used))).text).toBe('b')
    who = { ...who, token: String((await bench.token({}, { cookie: who.cookie })).body['access_token']) }
    expect(errorOf(await sendFile(unused))).toBe('validation')
  })

  it.each(['https://example.com/a.png', 'https://cdn.livechat-files.com/api/file/lc/att/none', 'http://x'])(
    'is the only host that a file event may name, not %s',
    async (url) => {
      expect(errorOf(await sendFile(url))).toBe('validation')
    },
  )

  it('serves files that agents send, and pictures of agents', async () => {
    bench.livechat.desk.sendFile(chatId, AMBER, {
      name: 'reply.txt',
      contentType: 'text/plain',
      bytes: Buffer.from('reply'),
    })
    expect((await bench.get(pathOf(lastEvent()?.['url']))).text).toBe('reply')
    const avatar = await bench.get('/avatars/1.png')
    expect(avatar.headers.get('content-type')).toBe('image/png')
  })
})
