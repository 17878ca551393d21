import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startScene, type Scene } from '../../scripts/probe/testing/scene'

const root = resolve(__dirname, '../..')
let folder: string
let scene: Scene
let port: number
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'probe-'))
  port = await freePort()
  scene = await startScene({ receiverPort: port })
})
afterEach(async () => {
  await scene.close()
  await rm(folder, { recursive: true })
})

const freePort = async (): Promise<number> => {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port: free } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return free
}

/** Runs the command in a process of its own, in which LiveChat's names lead to the emulator, the tunnel's to its receiver. */
const start = (...args: string[]): { child: ChildProcess; ended: Promise<{ code: number | null; output: string }> } => {
  const livechat = scene.livechat.port
  const hosts = { 'accounts.livechat.com': livechat, 'api.livechatinc.com': livechat }
  const child = spawn(
    process.execPath,
    [
      ...['--require', join(root, 'sandbox/integration/child/preload.cjs')],
      ...['--import', require.resolve('tsx'), join(root, 'scripts/probe.ts')],
      ...['--receiver', 'https://tunnel.example.com', '--port', String(port), ...args],
    ],
    {
      cwd: folder,
      env: {
        ...scene.environment,
        SANDBOX_ADDRESS_MAP: JSON.stringify({
          ...hosts,
          'cdn.livechat-files.com': livechat,
          'tunnel.example.com': port,
        }),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return { child, ended: new Promise((done) => child.once('close', (code) => done({ code, output }))) }
}

describe('npm run probe', () => {
  it('closes and removes everything after Ctrl-C, and reports what it has seen so far', async () => {
    const { child, ended } = start('--group', '9', '--yes', '--json', 'report.json')
    child.stderr?.on('data', (chunk: Buffer) => {
      if (chunk.includes('What customers send')) child.kill('SIGINT')
    })
    const { code, output } = await ended
    expect(output).toMatch(/^= secondStartChatError → chat_limit_reached \(believed: chat_limit_reached\)$/m)
    expect(output).toMatch(/^The probe was stopped before its end\.$/m)
    expect(scene.leftovers()).toEqual([])
    expect(JSON.parse(await readFile(join(folder, 'report.json'), 'utf8'))).toMatchObject({
      isComplete: false,
      left: [],
    })
    expect(code).toBe(130)
  })

  it.each([
    ['nobody can say yes', ['--group', '9'], /Not run: Nobody can be asked here: add --yes\./],
    ['no group is named', ['--yes'], /Not run: --group: give the number/],
    ['an option is misspelt', ['--grop', '9'], /Not run: Unknown option '--grop'/],
  ])('does nothing when %s', async (_, args, words) => {
    const { code, output } = await start(...args).ended
    expect(output).toMatch(words)
    expect(code).toBe(2)
    expect(scene.livechat.license.customers()).toEqual([])
  })
})
