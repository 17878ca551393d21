import { afterEach, beforeEach, expect, it } from 'vitest'
import { agentScopes, startSandbox, webhookSecret, type Sandbox } from '../../../sandbox/start-sandbox'
import { diagnose } from '../../helpers/diagnose'
import { agentSays, startTalk } from '../../helpers/talk'

/** With agent access, a new webhook secret is set, and LiveChat needs minutes until new webhooks work. */

let sandbox: Sandbox
beforeEach(async () => {
  sandbox = await startSandbox({ timeScale: 10, agentAccess: agentScopes })
})
afterEach(() => sandbox.close())

const save = (changes: Record<string, unknown>) =>
  sandbox.installation.configure({
    ...sandbox.configuration,
    webhookSecret: 'another-secret-4711',
    ...changes,
  })
const webhooks = (): number => sandbox.livechat.webhooks.list().length

it('loses no message if the old secret is entered, too', async () => {
  const talk = await startTalk(sandbox)
  await agentSays(sandbox, talk.chatId, 'One')
  sandbox.livechat.knobs.configurationDelayMs = 120_000
  const before = webhooks()
  await save({ previousWebhookSecret: webhookSecret })
  expect(webhooks()).toBe(2 * before)
  await agentSays(sandbox, talk.chatId, 'Two')
  expect(talk.userSees().at(-1)).toBe('Agent Amber: Two')
  await sandbox.advance(300_000)
  await agentSays(sandbox, talk.chatId, 'Three')
  expect(talk.userSees().slice(-2)).toEqual(['Agent Amber: Two', 'Agent Amber: Three'])
})

it('causes no problem in diagnose, and leaves nothing behind when the old secret is removed', async () => {
  const before = webhooks()
  await save({ previousWebhookSecret: webhookSecret })
  expect((await diagnose(sandbox)).checks.find(({ id }) => id === 'webhooks')).toMatchObject({ status: 'ok' })
  await save({})
  expect(webhooks()).toBe(before)
})
