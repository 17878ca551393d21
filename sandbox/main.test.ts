import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { buildBundle } from '../tools/build'
import type { LedgerView, Snapshot } from './control/views'
import { startIntegration, type IntegrationProcess } from './integration/process'

const ROOT = resolve(__dirname, '..')

let folder: string
let bundlePath: string
let botpressPort: number
let integration: IntegrationProcess
let sandbox: ChildProcess
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foreign-integration-'))
  bundlePath = join(folder, 'foreign.cjs')
  botpressPort = await freePort()
  await buildBundle({ entry: 'sandbox/integration/stub/foreign', outfile: bundlePath })
  integration = await startIntegration({
    bundlePath,
    botpressUrl: `http://127.0.0.1:${botpressPort}`,
    botpressToken: 'sandbox-token',
    addressMap: {},
  })
})
afterEach(async () => {
  await Promise.all([integration.close(), endSandbox(), rm(folder, { recursive: true })])
})

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Starts the command. Resolves with what it printed, by name. */
const startSandbox = async (...options: string[]): Promise<Map<string, string>> => {
  const ports = ['--port', '0', '--livechat-port', '0', '--botpress-port', String(botpressPort)]
  sandbox = spawn('node', ['--import', 'tsx', 'sandbox/main.ts', '--no-page', ...ports, ...options], {
    cwd: ROOT,
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const printed = new Map<string, string>()
  for await (const line of createInterface({ input: sandbox.stdout! })) {
    const [, name, value] = /^ *(\w[\w ]*?) {2}(\S+)$/.exec(line) ?? []
    if (name && value) printed.set(name, value)
    if (line.includes('Ctrl+C')) return printed
  }
  throw new Error('the sandbox ended before it was there')
}

const endSandbox = async (): Promise<void> => {
  if (sandbox.exitCode !== null) return
  const ended = once(sandbox, 'exit')
  sandbox.kill('SIGTERM')
  await ended
}

const call = async (url: string, body?: unknown, headers: Record<string, string> = {}): Promise<unknown> => {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  const response = await fetch(url, { ...init, headers: { 'content-type': 'application/json', ...headers } })
  expect(response.status, await response.clone().text()).toBe(200)
  return response.json()
}

/** What any client of LiveChat's customer API does to start a chat. */
const startChat = async (printed: Map<string, string>, redirectUri: string): Promise<string> => {
  const livechat = printed.get('LiveChat') ?? ''
  const organization_id = printed.get('Organization') ?? ''
  const grant = { grant_type: 'cookie', response_type: 'token', client_id: printed.get('Client id'), organization_id }
  const token = await call(`${livechat}/v2/customer/token`, { ...grant, redirect_uri: redirectUri })
  const { access_token } = token as { access_token: string }
  const path = `/v3.6/customer/action/start_chat?organization_id=${organization_id}`
  const chat = await call(livechat + path, {}, { authorization: `Bearer ${access_token}` })
  return (chat as { chat_id: string }).chat_id
}

it('lets another integration receive what LiveChat’s agents write, controlled by commands over HTTP', async () => {
  const definition = 'sandbox/integration/stub/foreign.definition.ts'
  const configuration = JSON.stringify({ greeting: 'Welcome' })
  // The sandbox is started first, as docs/sandbox.md says.
  await integration.kill()
  const foreign = ['--integration', integration.url, '--definition', definition, '--configuration', configuration]
  const printed = await startSandbox(...foreign)
  const control = printed.get('Control') ?? ''
  const state = async (): Promise<Snapshot> => (await call(`${control}/api/state`)) as Snapshot
  expect((await state()).installation.status).toBe('registration_failed')
  await integration.restart()
  const saved = await fetch(`${control}/api/configuration`, { method: 'POST' })
  expect(await saved.json()).toEqual({ status: 'registered' })

  const chatId = await startChat(printed, (await state()).installation.webhookUrl)
  const agent = 'amber@example.com'
  await call(`${control}/api/chats/${chatId}/pick-up`, { agent })
  await call(`${control}/api/chats/${chatId}/events`, { agent, event: { type: 'message', text: 'dear guest' } })

  const ledger = async (name: string): Promise<LedgerView[]> =>
    (await call(`${control}/api/ledger?name=${encodeURIComponent(name)}`)) as LedgerView[]
  await expect.poll(() => ledger('webhook/incoming_event')).toMatchObject([{ status: 200 }])
  const [made] = await ledger('POST /v1/chat/users/get-or-create')
  expect(JSON.parse(made?.exchange?.response ?? '{}')).toMatchObject({ user: { name: 'Welcome, dear guest' } })
  const unknown = await fetch(`${control}/`)
  expect(await unknown.json()).toEqual({ error: 'No page is served here: see /api/state' })
})

it('shows a session that was exported, in which nothing can be done', async () => {
  const file = join(folder, 'session.json')
  const state = { people: [], chats: [], agents: [], log: [{ atMs: 0, level: 'info', text: 'dear guest' }] }
  const missingFiles = [{ url: 'https://cdn.livechat-files.com/film', missing: 'larger than 2 MB' }]
  const picture = { url: 'https://cdn.livechat-files.com/picture', contentType: 'image/png', base64: 'UE5H' }
  const lists = { causes: [], rows: [], entries: [{ seq: 1 }], files: [picture, ...missingFiles] }
  const recordedAt = '2026-01-05T09:00:00.000Z'
  await writeFile(
    file,
    JSON.stringify({ format: 'livechat-hitl-sandbox-session', version: 1, recordedAt, state, ...lists }),
  )
  const recording = (await startSandbox('--open', file)).get('Control') ?? ''
  expect(await call(`${recording}/api/state`)).toEqual({ ...state, recordedAt, missingFiles })
  expect(await call(`${recording}/api/ledger/1`)).toEqual({ seq: 1 })
  const read = (url: string) => fetch(`${recording}/api/files?url=${encodeURIComponent(url)}`)
  expect(await (await read(picture.url)).text()).toBe('PNG')
  expect((await read('https://cdn.livechat-files.com/film')).status).toBe(404)
  expect((await fetch(`${recording}/api/people`, { method: 'POST' })).status).toBe(404)
})
