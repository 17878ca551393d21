import http from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * Stands in for both vendors: knows every session and answers each call with a constant of realistic size. The
 * emulators would take time for their own records, and hide what the measured process needs.
 */
export type ConstantPlatforms = {
  port: number
  /** Real time by which each answer is held back. May be changed while running. */
  latencyMs: number
  /** Requests so far, by route. */
  calls: Map<string, number>
  /**
   * The moment (`performance.now`) at which the next message is answered, which means that it has reached its reader.
   */
  nextArrival: () => Promise<number>
  close: () => Promise<void>
}

const createdAt = '2026-01-05T09:00:00.000Z'
export const agentUserId = 'user_01KE6Z0Q2M8V5T3W9X4Y7B1C6D'

/** The ids of one session; both platforms and the load derive them from its number. */
export const sessionIds = (session: number) => {
  const suffix = String(session).padStart(8, '0')
  return {
    conversationId: `conv_01KE6Z0Q2M8V5T3W9X${suffix}`,
    userId: `user_01KE6Z0Q2M8V5T3W9X${suffix}`,
    chatId: `TH${suffix}`,
    threadId: `TS${suffix}`,
    customerId: `b7eff798-f8df-4364-8059-0000${suffix}`,
  }
}

export const conversationOf = (session: number) => {
  const { conversationId, userId, chatId, threadId, customerId } = sessionIds(session)
  return {
    id: conversationId,
    createdAt,
    updatedAt: createdAt,
    channel: 'hitl',
    integration: 'livechat-hitl',
    messageCount: 0,
    tags: {
      livechatChatId: chatId,
      livechatThreadId: threadId,
      livechatCustomerId: customerId,
      botpressUserId: userId,
      assignedAgentUserId: agentUserId,
    },
  }
}

const message = {
  id: 'mess_01KE6Z0Q2M8V5T3W9X4Y7B1C6D',
  createdAt,
  updatedAt: createdAt,
  type: 'text',
  direction: 'incoming',
  userId: agentUserId,
  conversationId: sessionIds(0).conversationId,
  payload: { text: 'Have you tried to switch it off and on again?' },
  tags: { livechatEventId: 'Q20N9CKRX2_1' },
}

const agentUser = {
  id: agentUserId,
  createdAt,
  updatedAt: createdAt,
  name: 'Agent Amber',
  tags: { livechatAgentEmail: 'amber@example.com', livechatAgentId: '5c9871d5372c824cbf22d860a707a578' },
}

const customersOf = (userId: string) => {
  const { customerId } = sessionIds(Number(userId.slice(-8)))
  return {
    clientId: 'bench-client',
    organizationId: 'bench-organization',
    customers: [
      {
        customerId,
        secret: 'a'.repeat(96),
        accessToken: `dal:test_${'b'.repeat(27)}${customerId}`,
        accessTokenExpiresAtMs: Date.now() + 8 * 3_600_000,
      },
    ],
  }
}

const sessionOfChat = (url: URL): number => Number((url.searchParams.get('tags.livechatChatId') ?? 'TH0').slice(2))

/** The chat of a session as a process reads it once: the agent has not written yet. */
const chatOf = (body: string) => {
  const { chat_id, thread_id } = JSON.parse(body) as { chat_id: string; thread_id?: string }
  const agent = { id: agentUser.tags.livechatAgentId, type: 'agent', name: agentUser.name, present: true }
  return {
    id: chat_id,
    users: [agent],
    thread: { id: thread_id ?? chat_id.replace('TH', 'TS'), active: true, created_at: createdAt, events: [] },
  }
}

const answers: [route: string, answer: (url: URL, body: string) => unknown][] = [
  ['POST /v1/chat/messages/get-or-create', () => ({ message, meta: { created: true } })],
  ['PUT /v1/chat/messages/', () => ({ message })],
  ['GET /v1/chat/messages', () => ({ messages: [], meta: {} })],
  ['GET /v1/chat/conversations', (url) => ({ conversations: [conversationOf(sessionOfChat(url))], meta: {} })],
  ['PUT /v1/chat/conversations/', () => ({ conversation: conversationOf(0) })],
  ['POST /v1/chat/users/get-or-create', () => ({ user: agentUser, meta: { created: false } })],
  ['GET /v1/chat/users', () => ({ users: [agentUser], meta: {} })],
  [
    'GET /v1/chat/states/user/',
    (url) => ({ state: { payload: customersOf(url.pathname.split('/')[5] ?? '') }, meta: { cached: false } }),
  ],
  ['GET /v1/chat/states/integration/', () => ({ state: { payload: { atMsByAction: {} } }, meta: { cached: false } })],
  ['POST /v1/chat/states/integration/', () => ({ state: { payload: {} }, meta: { cached: false } })],
  ['POST /v3.6/customer/action/get_chat', (_, body) => chatOf(body)],
  ['POST /v3.6/customer/action/send_event', () => ({ event_id: 'Q20N9CKRX2_1' })],
]

const bringsText = new Set(['POST /v1/chat/messages/get-or-create', 'POST /v3.6/customer/action/send_event'])

export const startConstantPlatforms = async (): Promise<ConstantPlatforms> => {
  const calls = new Map<string, number>()
  const waiting: ((atMs: number) => void)[] = []
  const server = http.createServer((incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', 'http://bench.invalid')
    const asked = `${incoming.method ?? ''} ${url.pathname}`
    const [route, answer] = answers.find(([prefix]) => asked.startsWith(prefix)) ?? [asked, undefined]
    calls.set(route, (calls.get(route) ?? 0) + 1)
    const respond = (): void => {
      if (bringsText.has(route)) for (const tell of waiting.splice(0)) tell(performance.now())
      const body = JSON.stringify(answer ? answer(url, asking) : {})
      outgoing.writeHead(answer ? 200 : 404, { 'content-type': 'application/json', 'content-length': body.length })
      outgoing.end(body)
    }
    let asking = ''
    if (route.endsWith('/get_chat')) incoming.setEncoding('utf8').on('data', (text: string) => (asking += text))
    incoming.resume().once('end', () => {
      if (platforms.latencyMs > 0) setTimeout(respond, platforms.latencyMs)
      else respond()
    })
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const platforms: ConstantPlatforms = {
    port: (server.address() as AddressInfo).port,
    latencyMs: 0,
    calls,
    nextArrival: () => new Promise((resolve) => waiting.push(resolve)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return platforms
}
