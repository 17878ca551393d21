import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  agentScopes,
  addAgentAccess,
  clientId,
  startSandbox,
  webhookSecret,
  type Sandbox,
} from '../../sandbox/start-sandbox'

const root = resolve(__dirname, '../..')
let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doctor-'))
})
afterEach(() => rm(folder, { recursive: true }))

const right = () => ({
  LIVECHAT_CLIENT_ID: clientId,
  LIVECHAT_ORGANIZATION_ID: sandbox.livechat.license.organizationId,
  LIVECHAT_WEBHOOK_SECRET: webhookSecret,
  WEBHOOK_URL: sandbox.installation.webhookUrl,
})

const liveChatHosts = (): Record<string, number> => {
  const { port } = sandbox.livechat
  return { 'accounts.livechat.com': port, 'api.livechatinc.com': port }
}

/** Runs the command in a process of its own, in which LiveChat's host names lead to the emulator. */
const doctor = async (
  file: Record<string, string> | string | undefined,
  shell: Record<string, string> = {},
  hosts: Record<string, number> = liveChatHosts(),
) => {
  if (typeof file === 'string') await writeFile(join(folder, '.env'), file)
  else if (file) {
    const lines = Object.entries(file).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    await writeFile(join(folder, '.env'), lines.join('\n'))
  }
  const child = spawn(
    process.execPath,
    [
      ...['--require', join(root, 'sandbox/integration/child/preload.cjs')],
      ...['--import', require.resolve('tsx'), join(root, 'scripts/doctor.ts')],
    ],
    {
      cwd: folder,
      env: {
        ...shell,
        SANDBOX_ADDRESS_MAP: JSON.stringify(hosts),
        SANDBOX_CLOCK_MS: String(sandbox.clock.nowMs()),
      },
    },
  )
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const code = await new Promise<number | null>((done) => child.once('close', done))
  return { code, output }
}
const customers = (): number => sandbox.livechat.license.customers().length

describe('npm run doctor', () => {
  it('prints what it checked, and keeps its LiveChat customer in a file that only the owner can read', async () => {
    const before = customers()
    const first = await doctor(right())
    expect(first).toMatchObject({ code: 0 })
    expect(first.output).toMatch(/^ok {7}Settings +All fields are filled in correctly\.$/m)
    expect(first.output).toMatch(/^ok {7}Client ID, Organization ID, redirect URI {2}LiveChat gives tokens/m)
    expect(first.output).toMatch(/^– {8}Chat Webhooks .*Not checked, because they cannot be seen without/m)
    expect(first.output).toMatch(/^Nothing to fix in what was checked: 10 in order, 0 to look at, 3 not checked$/m)
    expect(first.output).not.toContain('\u001b')
    expect(customers()).toBe(before + 1)

    expect((await doctor(right())).code).toBe(0)
    expect(customers()).toBe(before + 1)
    const path = join(folder, '.livechat-doctor.json')
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    const { customer } = JSON.parse(await readFile(path, 'utf8')) as {
      customer: { secret: string; accessToken: string }
    }
    for (const secret of [webhookSecret, customer.secret, customer.accessToken]) {
      expect(first.output).not.toContain(secret)
    }
  })

  it('ends with 1 and says what to do when something is wrong', async () => {
    const { code, output } = await doctor({ ...right(), LIVECHAT_CLIENT_ID: '0'.repeat(32), LIVECHAT_GROUP_ID: '3' })
    expect(code).toBe(1)
    expect(output).toMatch(
      /^PROBLEM {2}Client ID, Organization ID, redirect URI {2}LiveChat gave no access token.*unauthorized_client/m,
    )
    expect(output).toMatch(/^ +→ LiveChat does not know this "Client ID" \(LIVECHAT_CLIENT_ID\)\. Copy it again/m)
    expect(output).toMatch(/^1 to fix/m)
  })

  it.each([
    ['a group that is no number', { LIVECHAT_GROUP_ID: 'Sales' }, /"Group ID" is not a number/],
    ['a group that does not exist', { LIVECHAT_GROUP_ID: '77' }, /LiveChat has no group 77/],
    ['a token without its account', { LIVECHAT_PERSONAL_ACCESS_TOKEN: 'x' }, /"Account ID" is empty/],
    [
      'an address that LiveChat does not know',
      { WEBHOOK_URL: 'https://example.com/x' },
      /exactly: https:\/\/example\.com\/x/,
    ],
  ])('with %s, too', async (_, change, words) => {
    const { code, output } = await doctor({ ...right(), ...change })
    expect(code).toBe(1)
    expect(output).toMatch(words)
  })

  it('checks the webhooks when it has agent access', async () => {
    const { accountId, personalAccessToken } = addAgentAccess(sandbox.livechat, agentScopes)
    const { code, output } = await doctor({
      ...right(),
      LIVECHAT_ACCOUNT_ID: accountId,
      LIVECHAT_PERSONAL_ACCESS_TOKEN: personalAccessToken,
    })
    expect(code).toBe(0)
    expect(output).toMatch(/^ok {7}Agent access/m)
    expect(output).toMatch(/^warning {2}Chat Webhooks +There is no webhook for .*event_updated/m)
    expect(output).not.toContain(personalAccessToken)
  })

  it.each([
    [
      'a # that cuts the secret',
      `LIVECHAT_WEBHOOK_SECRET=kettle#whistles`,
      /^PROBLEM {2}LIVECHAT_WEBHOOK_SECRET .*# without quotes.*\n +→ .*LIVECHAT_WEBHOOK_SECRET="…"/m,
      1,
    ],
    ['a comment after a value', `LIVECHAT_GROUP_ID=0 # everybody`, /^Nothing to fix/m, 0],
  ])('reads .env as it was typed: %s', async (_, line, words, code) => {
    const lines = Object.entries(right()).map(([name, value]) => `${name}=${value}`)
    const result = await doctor([...lines, line].join('\n'))
    expect(result.output).toMatch(words)
    expect(result.code).toBe(code)
  })

  it('names a field that was left blank, and not the file that is there', async () => {
    const { code, output } = await doctor({ ...right(), LIVECHAT_CLIENT_ID: '' })
    expect(output).toMatch(/Not run: LIVECHAT_CLIENT_ID blank in \.env: fill in the value\.$/m)
    expect(code).toBe(2)
  })

  it.each([
    [
      'a # at its beginning',
      '#kettle',
      {},
      /LIVECHAT_WEBHOOK_SECRET cut in \.env by a # .*LIVECHAT_WEBHOOK_SECRET="…"/,
    ],
    ['only a comment', '# the secret', {}, /LIVECHAT_WEBHOOK_SECRET blank in \.env: fill in the value\.$/m],
    [
      'an empty value in the shell',
      webhookSecret,
      { LIVECHAT_WEBHOOK_SECRET: '' },
      /LIVECHAT_WEBHOOK_SECRET empty in the shell, which overrides \.env: unset it\.$/m,
    ],
  ])('says why a field that is there has no value: %s', async (_, secret, shell, words) => {
    const fields = Object.entries({ ...right(), LIVECHAT_WEBHOOK_SECRET: secret })
    const { code, output } = await doctor(fields.map(([name, value]) => `${name}=${value}`).join('\n'), shell)
    expect(output).toMatch(words)
    expect(code).toBe(2)
  })

  it('says that an address ends with a slash, and does not ask to add that one to LiveChat', async () => {
    const { code, output } = await doctor({ ...right(), WEBHOOK_URL: `${sandbox.installation.webhookUrl}/` })
    expect(output).toMatch(/^warning {2}WEBHOOK_URL +It ends with a slash.*\n +→ .*Remove it from WEBHOOK_URL/m)
    expect(output).not.toContain('PROBLEM')
    expect(code).toBe(0)
  })

  it('names the part of LiveChat that this machine does not reach, and calls nothing of it a problem', async () => {
    const hosts = { 'accounts.livechat.com': sandbox.livechat.port }
    const { code, output } = await doctor(right(), {}, hosts)
    expect(output).toMatch(/Not checked: api\.livechatinc\.com could not be reached from this machine \(ECONNREFUSED\)/)
    expect(output).not.toMatch(/to fix|PROBLEM/)
    expect(code).toBe(2)
  })

  it('says that there is no network, and nothing of the configuration', async () => {
    const { code, output } = await doctor(right(), {}, {})
    expect(output).toMatch(/Not checked: LiveChat could not be reached from this machine \((ENOTFOUND|ECONNREFUSED)\)/)
    expect(output).not.toMatch(/to fix|PROBLEM/)
    expect(code).toBe(2)
  })

  it('ends with 2 when there is nothing to check', async () => {
    const { code, output } = await doctor(undefined, { LIVECHAT_CLIENT_ID: clientId })
    expect(code).toBe(2)
    expect(output).toMatch(/Not run: LIVECHAT_ORGANIZATION_ID, .*WEBHOOK_URL not set.*\.env\.example/)
  })

  it('prefers variables of the shell to those of the file', async () => {
    const { code, output } = await doctor({ ...right(), LIVECHAT_CLIENT_ID: 'wrong' }, { LIVECHAT_CLIENT_ID: clientId })
    expect(output).not.toContain('PROBLEM')
    expect(code).toBe(0)
  })

  it.each([
    ['asked for', { FORCE_COLOR: '1' }, true],
    ['nobody looks', {}, false],
  ])('is coloured when %s', async (_, shell, isColoured) => {
    const { output } = await doctor(right(), shell)
    expect(output.includes('\u001b[32m')).toBe(isColoured)
  })
})
