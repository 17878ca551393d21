import { afterEach, beforeEach, expect, it } from 'vitest'
import { requestAs } from '../testing/request-as'
import { refusalOf, setUp, type SetUp } from '../testing/set-up'

let sandbox: SetUp

beforeEach(async () => {
  sandbox = await setUp()
})
afterEach(() => sandbox.close())

const upload = (key: string, content: string, more: object = {}) =>
  sandbox.client.uploadFile({ key, content, contentType: 'text/plain', ...more })

const atOnce = { accessPolicies: ['public_content'], publicContentImmediatelyAccessible: true }

it('uploads a public file that can be read at once', async () => {
  const { file } = await upload('a/b.txt', 'hello', atOnce)
  const response = await fetch(file.url)
  expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
    200,
    'text/plain',
    'hello',
  ])
  expect((await sandbox.client.getFile({ id: file.id })).file).toMatchObject({ status: 'upload_completed', size: 5 })
  expect(sandbox.effects('file_stored')).toMatchObject([{ bytes: 5 }])
})

it('refuses a file above the quota of the workspace', async () => {
  const body = { key: 'a.bin', size: 101 * 1024 ** 2 }
  expect(await refusalOf(sandbox.client.upsertFile(body))).toMatchObject({ type: 'QuotaExceeded' })
})

it('opens a public file a little later unless told otherwise', async () => {
  const { file } = await upload('a.txt', 'hello', { accessPolicies: ['public_content'] })
  expect((await fetch(file.url)).status).toBe(403)
  await sandbox.clock.advance(5_000)
  expect((await fetch(file.url)).status).toBe(200)
})

it('gives a private file a url that expires', async () => {
  const { file } = await upload('a.txt', 'hello')
  expect((await fetch(file.url)).status).toBe(200)
  expect((await fetch(file.url.replace(/signature=.*/, 'signature=x'))).status).toBe(403)
  await sandbox.clock.advance(3_600_000)
  expect((await fetch(file.url)).status).toBe(403)
})

it('replaces the file of the same key', async () => {
  const first = await upload('a.txt', 'one', atOnce)
  const second = await upload('a.txt', 'two', atOnce)
  expect(second.file.id).toBe(first.file.id)
  expect(await (await fetch(second.file.url)).text()).toBe('two')
  expect((await sandbox.client.listFiles({})).files).toHaveLength(1)
})

it('forgets a file after its expiry and after deletion', async () => {
  const expiresAt = new Date(sandbox.clock.nowMs() + 10_000).toISOString()
  const { file } = await upload('a.txt', 'one', { ...atOnce, expiresAt })
  await sandbox.clock.advance(10_000)
  expect((await fetch(file.url)).status).toBe(404)
  const other = await upload('b.txt', 'two', { tags: { kind: 'x' } })
  expect((await sandbox.client.listFiles({ tags: { kind: 'x' } })).files).toHaveLength(1)
  await sandbox.client.updateFileMetadata({ id: other.file.id, metadata: { a: 1 }, tags: { kind: null } })
  expect((await sandbox.client.getFile({ id: other.file.id })).file).toMatchObject({ metadata: { a: 1 }, tags: {} })
  await sandbox.client.deleteFile({ id: other.file.id })
  expect(await refusalOf(sandbox.client.getFile({ id: other.file.id }))).toMatchObject({ code: 404 })
})

it('refuses an expiry beyond 90 days', async () => {
  const expiresAt = new Date(sandbox.clock.nowMs() + 91 * 24 * 3_600_000).toISOString()
  const call = sandbox.client.upsertFile({ key: 'a', size: 1, expiresAt })
  expect(await refusalOf(call)).toEqual({ type: 'InvalidPayload', code: 400 })
})

it('names the public host to callers that used the vendor’s host name', async () => {
  const { botpress, installation } = sandbox
  const { text } = await requestAs('api.botpress.cloud', `${botpress.url}/v1/files`, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${botpress.token}`,
      'x-bot-id': installation.botId,
      'x-integration-id': installation.integrationId,
    },
    body: JSON.stringify({ key: 'a.txt', size: 1, accessPolicies: ['public_content'] }),
  })
  const { file } = JSON.parse(text) as { file: { url: string; uploadUrl: string } }
  const origins = [file.url, file.uploadUrl].map((url) => new URL(url).origin)
  expect(origins).toEqual(['https://files.bpcontent.cloud', 'https://files.bpcontent.cloud'])
})

it('serves the files of end users', async () => {
  const url = sandbox.botpress.addPublicFile({
    name: 'pic 1.png',
    contentType: 'image/png',
    bytes: Buffer.from([1, 2, 3]),
  })
  expect(url).toMatch(/^https:\/\/files\.bpcontent\.cloud\/.*\/pic%201\.png$/)
  const response = await fetch(url.replace('https://files.bpcontent.cloud', sandbox.botpress.url))
  expect([response.headers.get('content-type'), [...new Uint8Array(await response.arrayBuffer())]]).toEqual([
    'image/png',
    [1, 2, 3],
  ])
})
