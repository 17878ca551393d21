import { z } from 'zod'
import type { SandboxRequest } from '../../http-server'
import { BotpressApiError } from '../errors'
import type { Conversation, Tags } from '../objects'
import { show } from '../upstream'
import { toWireConversation, toWireMessage } from '../wire'
import { mustFind, parseBody, payloadSchema, tagsSchema, type ApiAnswer, type ApiCall } from './call'

/** The plugin's alias in the bot. Tags of a plugin carry it as `<alias>#name`. */
const pluginAlias = 'hitl'

/** A call of the bot's own code names its bot, but no integration. */
export const isBotCall = ({ headers }: SandboxRequest): boolean =>
  headers['x-bot-id'] !== undefined && headers['x-integration-id'] === undefined

const messageSchema = z
  .object({
    conversationId: z.string(),
    userId: z.string(),
    type: z.string(),
    payload: payloadSchema,
    tags: tagsSchema,
  })
  .strict()

/**
 * What the bot's own code can do with a conversation: read it with the tags of all plugins and integrations, and write
 * into the end user's. Other calls of a bot are not covered.
 */
export const handleBotCall = (request: Pick<SandboxRequest, 'method' | 'path'>, call: ApiCall): ApiAnswer => {
  const id = /^\/v1\/chat\/conversations\/([^/]+)$/.exec(request.path)?.[1]
  if (request.method === 'GET' && id !== undefined) return readConversation(call, decodeURIComponent(id))
  if (request.method === 'POST' && request.path === '/v1/chat/messages') return writeToEndUser(call)
  throw new BotpressApiError('MethodNotFound', `${request.method} ${request.path} is not covered for bots`)
}

const readConversation = ({ world, instance }: ApiCall, id: string): ApiAnswer => {
  const ours = instance.store.conversations.get(id)
  const found = mustFind(ours ?? instance.upstream.conversations.get(id), 'Conversation', id)
  const wire = toWireConversation(found, world.knobs, ours ? instance.store : instance.upstream)
  return { body: { conversation: { ...wire, tags: tagsForBot(found) } }, detail: { id } }
}

/** A bot sees the tags of an integration as `<alias>:name`. */
const tagsForBot = ({ integration, tags, pluginTags }: Conversation): Tags => {
  const seen: Tags = {}
  for (const [name, value] of Object.entries(tags)) seen[`${integration}:${name}`] = value
  for (const [name, value] of Object.entries(pluginTags)) seen[`${pluginAlias}#${name}`] = value
  return seen
}

const writeToEndUser = (call: ApiCall): ApiAnswer => {
  const { world, instance } = call
  const { conversationId, userId, type, payload } = parseBody(messageSchema, call.body)
  const upstream = mustFind(instance.upstream.conversations.get(conversationId), 'Conversation', conversationId)
  if (userId !== instance.botUserId) throw new BotpressApiError('InvalidPayload', 'The bot may only write as itself')
  const message = show(world, instance, upstream, { type, payload, from: 'bot' })
  return { body: { message: toWireMessage(message, world.knobs) }, detail: { id: message.id } }
}
