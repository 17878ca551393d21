import type { PlantedFault } from './planted-fault'

/** Faults on the way from the agent to the end user, and in who is announced. */
export const faultsOfRelay: PlantedFault[] = [
  {
    name: 'each redelivery is a new message',
    file: 'src/session/relay/create-message.ts',
    find: "discriminateByTags: ['livechatEventId' as const],",
    replace: "discriminateByTags: ['livechatEventId' as const].slice(1),",
  },
  {
    name: 'a webhook is accepted although its message was refused',
    file: 'src/webhook/handler.ts',
    find: 'const isTransient = scope === undefined || mayLaterSucceed(error)',
    replace: 'const isTransient = scope === undefined',
  },
  {
    name: 'a private note is relayed',
    file: 'src/content/to-end-user/visibility.ts',
    find: "if (!isPublic) return { relay: false, reason: 'private' }",
    replace: '',
  },
  {
    name: 'messages in the drop window are created at once',
    file: 'src/session/drop-window.ts',
    find: 'return dueAgeMs > ageMs ? Math.ceil(conversationCreatedAtMs + dueAgeMs) : undefined',
    replace: 'return dueAgeMs > 1e9 ? Math.ceil(conversationCreatedAtMs + dueAgeMs) : undefined',
  },
  {
    name: 'a start reads nothing of what happened before its conversation existed',
    file: 'src/session/catch-up/catch-up.ts',
    find: 'await applyFirstRead(limited, session, chat)',
    replace: '',
  },
  {
    name: 'what a read relays has another key than what a webhook relays',
    file: 'src/session/relay/relay-event.ts',
    find: 'await relay(scope, session, relayable, findAuthor)',
    replace:
      'await relay(scope, session, { ...relayable, event: { ...relayable.event, id: "read" + relayable.event.id } }, findAuthor)',
  },
  {
    name: 'an agent is announced at every message',
    file: 'src/session/holder.ts',
    find: "if (holder.kind === 'nobody') return { holder: agent(news.userId) }",
    replace: 'if (news.userId) return { holder: agent(news.userId), announce: news.userId }',
  },
  {
    name: 'a helper takes over',
    file: 'src/session/holder.ts',
    find: "return holder.kind === 'agent' ? { holder } : takenBy(holder, news.userId)",
    replace: 'return { holder: agent(news.userId), announce: news.userId }',
  },
  {
    name: 'an announcement is made before each record is read',
    file: 'src/webhook/events/chat-transferred.ts',
    find: "session: 'fresh',",
    replace: "session: 'remembered',",
  },
  {
    name: 'the read names the wrong agent for an event',
    file: 'src/session/agents/agent-users.ts',
    find: 'const authorId = chat?.thread.events.find(({ id }) => id === eventId)?.author_id',
    replace: 'const authorId = chat?.users.find(({ type }) => type === "agent")?.id',
  },
  {
    name: 'all agents are one Botpress user',
    file: 'src/session/agents/agent-users.ts',
    find: 'const agents = declareCache<{ userId: string }>(2_000)',
    replace:
      "const agents = (memory: object) => { const cache = declared(memory); return { get: () => cache.get('one'), set: (_: string, value: { userId: string }) => cache.set('one', value), has: () => cache.has('one'), delete: () => cache.delete('one'), entriesAscending: () => cache.entriesAscending() } }\nconst declared = declareCache<{ userId: string }>(2_000)",
  },
  {
    name: 'a correction is relayed at every delivery',
    file: 'src/session/relay/corrections.ts',
    find: 'if (now === last) return false',
    replace: '',
  },
  {
    name: 'the key of a correction is the same for all corrections',
    file: 'src/session/relay/corrections.ts',
    find: 'messageKeys.correction(eventId, revision, now)',
    replace: "messageKeys.correction(eventId, 1, 'same')",
  },
  {
    name: 'two deliveries of one event do not share the work, and the key is not sent',
    file: 'src/session/relay/create-message.ts',
    find: 'tags: { livechatEventId: tagValue(eventId) },',
    replace: 'tags: { livechatEventId: tagValue(eventId + scope.runtime.newId()) },',
  },
  {
    name: 'the answer comes before the work',
    file: 'src/webhook/handler.ts',
    find: 'const outcome = await dispatch(scope, body)',
    replace:
      "void dispatch(scope, body).catch(() => undefined)\n      const outcome = { kind: 'done' } as Awaited<ReturnType<typeof dispatch>>",
  },
]
