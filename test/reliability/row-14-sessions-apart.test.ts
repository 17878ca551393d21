import { afterEach, describe, expect, it } from 'vitest'
import { amber, clientId, webhookSecret, type Sandbox } from '../../sandbox/start-sandbox'
import type { EndUser, Installation } from '../../sandbox/botpress'
import { reportedFailures, startWithOneAgent } from './helpers/deliveries'
import { fullTimeoutMs, isFull, numbers, record, size } from './helpers/measure'

let sandbox: Sandbox
afterEach(() => sandbox.close())

type Pair = { user: EndUser; installation: Installation; tag: string; chatId: string }

describe('row 14: sessions never mix', () => {
  it(
    'in many sessions, with two installations in one process and two channels that share an e-mail address',
    async () => {
      sandbox = await startWithOneAgent({
        livechatKnobs: { inactivityMs: 24 * 3_600_000 },
        configuration: { mergeByEmail: true },
      })
      const other = await sandbox.botpress.install({
        integrationUrl: sandbox.integration.url,
        configuration: sandbox.configuration,
      })
      sandbox.livechat.license.addApp({
        clientId,
        redirectUris: [sandbox.installation.webhookUrl, other.webhookUrl],
        installed: true,
      })
      await other.register()
      // Both installations get the webhooks of every chat of the license, as two bots with one app would.
      for (const action of ['incoming_event', 'chat_deactivated', 'chat_transferred'])
        sandbox.livechat.webhooks.register({ action, url: other.webhookUrl, secretKey: webhookSecret, clientId })

      const sessions = size(8, 100)
      const messages = size(5, 50)
      const pairs: Pair[] = []
      for (const index of numbers(sessions)) {
        const installation = index % 4 < 2 ? sandbox.installation : other
        // Of each four end users, two share an address within one bot, and the other bot knows the same address.
        const email = `person${Math.floor(index / 4)}@example.com`
        const channel = index % 2 === 0 ? 'webchat' : 'whatsapp'
        const user = installation.endUser({ name: `Person ${index}`, email, channel })
        const { started } = await user.askForHuman({ title: 'Hello' })
        expect(started).toBe(true)
        await sandbox.settle()
        const conversation = installation.conversations().find(({ id }) => id === user.session.conversationId)
        pairs.push({ user, installation, tag: `tag-${index}-`, chatId: conversation?.tags.livechatChatId ?? '' })
      }
      await sandbox.advance(10_000)
      for (const index of numbers(messages)) {
        await Promise.all(
          pairs.map(async ({ user, tag, chatId }) => {
            await user.say(`${tag}user ${index}`)
            sandbox.livechat.desk.say(chatId, amber.email, `${tag}agent ${index}`)
          }),
        )
        if (index % 2 === 1 || isFull) await sandbox.settle()
      }
      await sandbox.settle()
      // LiveChat redelivers what was not answered in time.
      await sandbox.advance(60_000)

      let crossed = 0
      let missing = 0
      let reported = 0
      const failed = reportedFailures(sandbox, [sandbox.installation, other])
      for (const { user, tag, chatId } of pairs) {
        const atUser = user.chat().map(({ text }) => text ?? '')
        const atAgent = sandbox.livechat.desk.transcript(chatId).map(({ text }) => text)
        const foreign = (line: string): boolean => /tag-\d+-/.test(line) && !line.includes(tag)
        crossed += [...atUser, ...atAgent].filter(foreign).length
        missing += numbers(messages).filter((index) => !atUser.includes(`${tag}agent ${index}`)).length
        const unseen = numbers(messages).filter((index) => !atAgent.includes(`${tag}user ${index}`))
        reported += unseen.filter((index) => failed.has(`${tag}user ${index}`)).length
        missing += unseen.filter((index) => !failed.has(`${tag}user ${index}`)).length
      }
      record({
        row: 14,
        what: `tagged messages over ${sessions} sessions`,
        n: 2 * sessions * messages,
        failures: crossed + missing,
        note: `${crossed} crossed, ${missing} missing, ${reported} reported as failed`,
      })
      expect(new Set(pairs.map(({ chatId }) => chatId)).size).toBe(sessions)
      expect({ crossed, missing }).toEqual({ crossed: 0, missing: 0 })
    },
    fullTimeoutMs,
  )
})
