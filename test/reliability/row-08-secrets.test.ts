import { readdirSync, readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { amber, clientId, type Sandbox } from '../../sandbox/start-sandbox'
import { playHandoff } from '../../sandbox/story'
import { startTalk } from '../helpers/talk'
import { closeAll, startWithOneAgent } from './helpers/deliveries'
import { encodingsOf } from './helpers/encodings'
import { fullTimeoutMs, isFull, record, timeScale } from './helpers/measure'

/** Characters that each encoding changes, so that each form of the text looks different. */
const planted = {
  webhookSecret: 'canary+webhook/secret=1 ü"',
  previousWebhookSecret: 'canary+previous/secret=2 ü"',
  otherInstallationsSecret: 'canary+other/secret=3 ü"',
  privateNote: 'canary note 4: the customer is difficult ü"',
  endUserText: 'canary text 5: my card number is … ü"',
  agentText: 'canary text 6: your password is … ü"',
}
const token = 'sandbox-token'

let sandbox: Sandbox
/** Access tokens and cookies of LiveChat customers, as LiveChat returned them. */
const issued = new Set<string>()
const answers: string[] = []
const thrown: string[] = []

const collectIssued = (): void => {
  const states = [
    sandbox.installation.state('integration', sandbox.installation.integrationId, 'probe'),
    ...sandbox.installation.users().map(({ id }) => sandbox.installation.state('user', id, 'livechatCustomers')),
  ]
  for (const match of JSON.stringify(states).matchAll(/"(?:accessToken|secret)":"([^"]+)"/g)) issued.add(match[1] ?? '')
}
const echo = (): string => `${[...issued].join(' ')} ${Object.values(planted).join(' ')}`
const noteErrors = async (work: () => Promise<unknown>): Promise<void> => {
  await work().catch((error: unknown) => thrown.push(error instanceof Error ? `${error.message} ${error.stack}` : ''))
  await sandbox.settle()
  collectIssued()
}

beforeAll(async () => {
  const { webhookSecret, previousWebhookSecret } = planted
  sandbox = await startWithOneAgent({ timeScale, configuration: { webhookSecret, previousWebhookSecret } })
  sandbox.livechat.webhooks.changeSecret(clientId, webhookSecret)
  await sandbox.botpress.install({
    integrationUrl: sandbox.integration.url,
    configuration: { ...sandbox.configuration, webhookSecret: planted.otherInstallationsSecret },
  })
})
afterAll(() => sandbox.close())

const talkWithSecrets = async (): Promise<void> => {
  const talk = await startTalk(sandbox)
  await talk.user.say(planted.endUserText)
  sandbox.livechat.desk.say(talk.chatId, amber.email, planted.agentText)
  sandbox.livechat.desk.note(talk.chatId, amber.email, planted.privateNote)
  await sandbox.settle()
  collectIssued()
  await talk.user.end()
}

describe('row 8: no secret leaves', () => {
  it(
    'through logs, answers, errors, tags, events or the bundle, in any encoding',
    async () => {
      await noteErrors(talkWithSecrets)
      await noteErrors(async () => {
        await playHandoff(sandbox, { chapter: () => undefined, line: () => undefined })
      })
      await closeAll(sandbox)

      // Every route fails in every way, and the failing answers repeat what they were sent.
      const routes = isFull
        ? [
            'accounts/token',
            'customer/start_chat',
            'customer/resume_chat',
            'customer/send_event',
            'customer/get_chat',
            'customer/list_chats',
            'customer/update_customer',
            'customer/deactivate_chat',
            'customer/list_group_statuses',
          ]
        : ['accounts/token', 'customer/start_chat', 'customer/send_event', 'customer/get_chat']
      for (const route of routes) {
        const text = echo()
        const quoting = {
          error: { type: 'validation', message: text, data: { region: text } },
          exception_description: text,
        }
        for (const effect of [
          { kind: 'status', status: 400, body: quoting },
          {
            kind: 'status',
            status: 401,
            body: { oauth_exception: 'invalid_request', exception_description: text, exception_details: text },
          },
          { kind: 'status', status: 500, body: text },
          { kind: 'junk', body: JSON.stringify({ [text]: text }) },
          { kind: 'reset' },
        ] as const) {
          const heal = sandbox.faults.livechat.add({ route, times: Infinity, effect })
          await noteErrors(() => sandbox.installation.register())
          thrown.push(sandbox.installation.statusReason ?? '')
          await noteErrors(async () => {
            thrown.push(JSON.stringify(await sandbox.installation.runAction('diagnose', {})))
          })
          await noteErrors(talkWithSecrets)
          heal()
          await closeAll(sandbox)
        }
      }
      for (const route of [/messages|initialize/, /conversations/, /states/, /events/, /users/]) {
        const body = { id: 'x', code: 400, type: 'InvalidPayload', message: echo() }
        const effect = { kind: 'status', status: 400, body } as const
        const heal = sandbox.faults.botpress.add({ route, times: Infinity, effect })
        await noteErrors(talkWithSecrets)
        heal()
        await closeAll(sandbox)
      }
      sandbox.livechat.license.expireTokens()
      await noteErrors(talkWithSecrets)

      // Anybody can send requests like these, with right and wrong secrets.
      const bodies = [
        echo(),
        JSON.stringify({ secret_key: planted.otherInstallationsSecret, action: echo(), payload: {} }),
        JSON.stringify({ secret_key: planted.webhookSecret, action: echo(), payload: { chat_id: echo() } }),
        JSON.stringify({
          secret_key: planted.webhookSecret,
          action: 'incoming_event',
          payload: {
            chat_id: echo(),
            thread_id: echo(),
            event: { id: echo(), type: 'message', text: echo(), author_id: echo(), visibility: 'all' },
          },
        }),
        JSON.stringify({
          secret_key: planted.webhookSecret,
          action: 'chat_deactivated',
          payload: { chat_id: [echo()] },
        }),
      ]
      for (const body of bodies)
        for (const method of ['POST', 'PUT']) answers.push(JSON.stringify(await sandbox.postWebhook(body, method)))
      await sandbox.settle()

      const secrets = {
        ...planted,
        token,
        ...Object.fromEntries([...issued].map((each, index) => [`issued ${index}`, each])),
      }
      const { installation } = sandbox
      const saidByPeople = new Set(['endUserText', 'agentText'])
      const places: Record<string, string> = {
        'log of the process': sandbox.integration.logs().join('\n'),
        'log of the bot': JSON.stringify(installation.logs()),
        'answers to webhooks': answers.join('\n'),
        'errors of operations': thrown.join('\n'),
        'tags and profiles': JSON.stringify([
          installation.conversations(),
          installation.users(),
          installation.messages().map(({ tags }) => tags),
        ]),
        events: JSON.stringify([installation.events(), installation.botEvents()]),
        messages: JSON.stringify(installation.messages()),
        bundle: readFileSync(resolve(__dirname, '../../dist/index.cjs'), 'utf8'),
        page: filesUnder(resolve(__dirname, '../../sandbox/web')).join('\n'),
      }
      const hits: string[] = []
      for (const [place, text] of Object.entries(places))
        for (const [name, secret] of Object.entries(secrets)) {
          // Messages are left out, because they carry what end users and agents write.
          if (place === 'messages' && saidByPeople.has(name)) continue
          for (const [encoding, form] of encodingsOf(secret))
            if (text.includes(form)) hits.push(`${name} (${encoding}) in ${place}`)
        }
      const scanned = Object.values(places).reduce((sum, text) => sum + text.length, 0)
      record({
        row: 8,
        what: 'secrets looked for',
        n: Object.keys(secrets).length,
        failures: hits.length,
        note: `${Object.keys(places).length} places, ${Math.round(scanned / 1000)} kB`,
      })
      expect(hits).toEqual([])
      expect(issued.size).toBeGreaterThan(4)
      expect(thrown.length).toBeGreaterThan(10)
      expect(sandbox.integration.logs().length).toBeGreaterThan(10)
    },
    fullTimeoutMs,
  )
})

const filesUnder = (directory: string): string[] => {
  try {
    return readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .map((name) => resolve(directory, name))
      .filter((path) => statSync(path).isFile() && !/\.test\.tsx?$/.test(path))
      .map((path) => readFileSync(path, 'utf8'))
  } catch {
    return []
  }
}
