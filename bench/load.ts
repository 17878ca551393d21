import http from 'node:http'
import { agentUserId, conversationOf, sessionIds } from './constant-platforms'
import { inFlight } from './in-flight'

/**
 * A request as Botpress sends it to a bundle. The bench sends it itself, to measure the bundle and nothing around it.
 */
export type Operation = { operation: string; body: unknown; status?: number }

const benchSecret = 'bench-webhook-secret'

const configuration = {
  clientId: 'bench-client',
  organizationId: 'bench-organization',
  webhookSecret: benchSecret,
}

const headersFor = (operation: string): Record<string, string> => ({
  'content-type': 'application/json',
  'x-bot-id': '0d3fe2c4-5a54-4a32-9d0f-1a2b3c4d5e6f',
  'x-bot-user-id': '0d3fe2c4-5a54-4a32-9d0f-1a2b3c4d5e6f',
  'x-integration-id': 'intver_01KE6Z0Q2M8V5T3W9X4Y7B1C6D',
  'x-integration-alias': 'livechat-hitl',
  'x-webhook-id': '7c9e6679-7425-40de-944b-e07fc1f90ae7',
  'x-bp-operation': operation,
  'x-bp-configuration': Buffer.from(JSON.stringify(configuration)).toString('base64'),
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
})

let events = 0
const nextEventId = (): string => `BENCH${String((events += 1)).padStart(8, '0')}_1`

/** LiveChat's webhook for an agent's message in a session, as LiveChat documents it. */
export const agentMessage = (session: number, secret = benchSecret): Operation => {
  const { chatId, threadId } = sessionIds(session)
  const body = {
    webhook_id: 'bench-webhook',
    secret_key: secret,
    action: 'incoming_event',
    organization_id: configuration.organizationId,
    payload: {
      chat_id: chatId,
      thread_id: threadId,
      user_id: agentUserId,
      event: {
        id: nextEventId(),
        created_at: new Date().toISOString(),
        type: 'message',
        text: 'Have you tried to switch it off and on again?',
        author_id: 'amber@example.com',
        visibility: 'all',
      },
    },
    additional_data: { chat_properties: {}, chat_presence_user_ids: ['amber@example.com'] },
  }
  return {
    operation: 'webhook_received',
    body: {
      req: {
        method: 'POST',
        path: '/',
        query: '',
        headers: { 'content-type': 'application/json', 'user-agent': 'LiveChat' },
        body: JSON.stringify(body),
      },
    },
    status: secret === benchSecret ? 200 : 401,
  }
}

/** The plugin's message for what an end user wrote in a session. */
export const userMessage = (session: number): Operation => {
  const { userId } = sessionIds(session)
  const conversation = conversationOf(session)
  const id = nextEventId()
  const payload = { text: 'It still leaks.', userId }
  return {
    operation: 'message_created',
    body: {
      type: 'text',
      payload,
      conversation,
      user: { id: 'bot', tags: {} },
      message: {
        id: `mess_01KE6Z0Q2M8V${id}`,
        createdAt: new Date().toISOString(),
        type: 'text',
        payload,
        direction: 'outgoing',
        userId: 'bot',
        conversationId: conversation.id,
        tags: {},
      },
    },
  }
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 64 })

/** Sends one operation; resolves with the milliseconds until the answer. */
const send = (port: number, { operation, body, status = 200 }: Operation): Promise<number> =>
  new Promise((resolve, reject) => {
    const text = JSON.stringify(body)
    const startedMs = performance.now()
    const request = http.request(
      {
        host: '127.0.0.1',
        port,
        method: 'POST',
        agent,
        headers: { ...headersFor(operation), 'content-length': Buffer.byteLength(text) },
      },
      (response) => {
        response.resume().once('end', () => {
          // The SDK wraps the webhook handler's answer, but the handler's status is the status of the whole response.
          if (response.statusCode === status) resolve(performance.now() - startedMs)
          else reject(new Error(`${operation} answered ${response.statusCode}, not ${status}`))
        })
      },
    )
    request.once('error', reject)
    request.end(text)
  })

/** Sends `count` operations with at most `width` at once; resolves with the time that each took. */
export const sendMany = (
  port: number,
  count: number,
  width: number,
  make: (index: number) => Operation,
): Promise<number[]> => inFlight(count, width, (index) => send(port, make(index)))
