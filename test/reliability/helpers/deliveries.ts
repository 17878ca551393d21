import { pluginTexts } from '../../../sandbox/botpress'
import {
  amber,
  birch,
  startSandbox,
  webhookSecret,
  type Sandbox,
  type SandboxOptions,
} from '../../../sandbox/start-sandbox'
import type { Talk } from '../../helpers/talk'
import { seed } from './measure'

type Json = Record<string, unknown>

/** The body of a webhook as LiveChat sends it. */
export const webhookBody = (action: string, payload: Json, fields: Json = {}): string =>
  JSON.stringify({
    webhook_id: 'w1',
    secret_key: webhookSecret,
    action,
    organization_id: '390e44e6-f1e6-0368c-z6ddb-74g14508c2ex',
    payload,
    additional_data: {},
    ...fields,
  })

/** The payload of `incoming_event` for a message of an agent in this session. */
export const agentMessage = (talk: Pick<Talk, 'chatId' | 'threadId'>, id: string, text: string, fields: Json = {}) => ({
  chat_id: talk.chatId,
  thread_id: talk.threadId,
  event: {
    id,
    type: 'message',
    text,
    author_id: amber.email,
    // After the first seconds of a session, in which words wait until the plugin listens.
    created_at: '2026-01-05T09:01:00.000000Z',
    visibility: 'all',
    ...fields,
  },
})

/** Number of calls that the integration made to either vendor, without what LiveChat or the plugin did. */
export const callsOfIntegration = (sandbox: Sandbox, mark = 0): number =>
  sandbox.ledger
    .since(mark, { kind: 'call' })
    .filter(({ name }) => name !== 'webhook/receive' && !name.startsWith('cdn/') && !name.startsWith('files/')).length

/** What agents wrote and the end user saw, in order. */
export const shownFrom = (talk: Talk): string[] =>
  talk.user
    .chat()
    .flatMap(({ from, text }) => (from === 'me' || text === undefined || pluginLines.has(text) ? [] : [text]))

/** The webhooks of these rows name an agent whom no read shows, so the webchat shows the words without a name. */
const pluginLines = new Set<string>(Object.values(pluginTexts))

/** Closes the chats that are still open, because an agent takes 20 at most. */
export const closeAll = async (sandbox: Sandbox): Promise<void> => {
  for (const { chatId, state } of sandbox.livechat.desk.chats())
    if (state !== 'closed') sandbox.livechat.desk.closeBySystem(chatId, 'system_archived')
  await sandbox.settle()
}

/** A sandbox in which one agent takes any number of chats. */
export const startWithOneAgent = async (options: SandboxOptions = {}): Promise<Sandbox> => {
  const sandbox = await startSandbox({ seed, ...options })
  for (const agent of sandbox.livechat.license.agents()) agent.maxChats = 100_000
  sandbox.livechat.desk.setStatus(birch.email, 'not_accepting_chats')
  return sandbox
}

/** Failures that were reported to the bot's owner, by the text of the message whose operation failed. */
export const reportedFailures = (sandbox: Sandbox, installations = [sandbox.installation]): Set<string> => {
  const messages = installations.flatMap((installation) => installation.messages())
  const texts = new Map(messages.map(({ id, payload }) => [id, String(payload['text'])]))
  return new Set(
    sandbox.ledger
      .all({ side: 'botpress', kind: 'effect', name: 'message_operation_failed' })
      .map(({ detail }) => texts.get(String(detail?.['id'])) ?? ''),
  )
}
