import { clientId, webhookSecret, type Sandbox } from '../../sandbox/start-sandbox'
import type { Talk } from './talk'

export const webhookVersions = ['3.5', '3.6', '3.7'] as const

export const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

type Shown = { type: string; payload: Record<string, unknown> }

/** What a message shows the end user, item by item: kind, title in quotes, then text or address. */
const linesOf = ({ type, payload }: Shown): string[] => {
  if (type === 'bloc') return (payload['items'] as Shown[]).flatMap(linesOf)
  const field = (name: string): string | undefined => payload[name] as string | undefined
  const title = field('title') === undefined ? '' : ` "${field('title')}"`
  return [`${type}${title} ${field('text') ?? field('markdown') ?? field(`${type}Url`)}`]
}

/** What the end user newly sees after `work` and everything that it caused. */
export const userSeesMore = async (sandbox: Sandbox, talk: Talk, work: () => unknown): Promise<string[]> => {
  const before = talk.user.chat().length
  await work()
  await sandbox.settle()
  return talk.user
    .chat()
    .slice(before)
    .filter(({ from }) => from !== 'me')
    .flatMap(linesOf)
}

/** What agents newly see after `work`: author, then content; files by name and content type. */
export const agentSeesMore = async (sandbox: Sandbox, talk: Talk, work: () => unknown): Promise<string[]> => {
  const before = sandbox.livechat.desk.transcript(talk.chatId).length
  await work()
  await sandbox.settle()
  return sandbox.livechat.desk
    .transcript(talk.chatId)
    .slice(before)
    .map(({ author, type, text, event }) => {
      const { name, content_type, alternative_text } = event as Record<string, string | undefined>
      const title = alternative_text === undefined ? '' : ` "${alternative_text}"`
      return type === 'file' ? `${author}: [${content_type} ${name}${title}]` : `${author}: ${text}`
    })
}

/** Registers further Chat Webhooks with the integration's address, as hub.md describes. */
export const addWebhooks = (
  sandbox: Sandbox,
  actions: string[],
  version: (typeof webhookVersions)[number] = '3.6',
): void => {
  for (const action of actions) {
    sandbox.livechat.webhooks.register({
      action,
      url: sandbox.installation.webhookUrl,
      secretKey: webhookSecret,
      type: 'license',
      clientId,
      version,
      ...(action === 'event_updated' ? { filters: { author_type: 'agent' } } : {}),
    })
  }
}
