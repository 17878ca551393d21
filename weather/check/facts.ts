import type { LedgerEntry } from '../../sandbox/ledger'
import type { Said, Wrote } from '../world/deeds'
import type { World } from '../world/world'

/** One session, as both vendors saw it. */
export type SessionFacts = {
  conversationId: string
  person: number
  chatId: string
  threadId: string
  startedAtMs: number
  endedAtMs: number | undefined
  endReason: string | undefined
  /** How often the flows were told the details of the end. */
  detailsTold: number
  announced: { atMs: number; userId: string; name: string }[]
}

/** A text that an end user saw. */
export type Shown = { person: number; atMs: number; position: number; from: string; text: string }

/** A text of an end user as an event in LiveChat. */
export type Arrived = { atMs: number; position: number; threadId: string; text: string }

/** A text of an end user that the plugin gave to the integration. */
export type Taken = { token: string; messageId: string; conversationId: string; atMs: number }

/** All that the rules judge by. It comes from what the vendors and the people did, never from what `src/` says. */
export type Facts = {
  world: World
  sessions: Map<string, SessionFacts>
  sessionOfThread: Map<string, SessionFacts>
  said: Said[]
  wrote: Wrote[]
  shown: Shown[]
  arrived: Arrived[]
  taken: Taken[]
  /** Ids of messages whose operation failed: the bot's owner sees each in the log. */
  failedMessageIds: Set<string>
  /** When the thread was closed, and why. */
  closed: Map<string, { atMs: number; reason: string }>
  opened: Map<string, { atMs: number; chatId: string }>
  deliveries: LedgerEntry[]
  /** Conversations whose `stopHitl` failed: Botpress shows that to the bot's owner. */
  failedStops: Set<string>
}

export const collectFacts = (world: World): Facts => {
  const { ledger } = world.system
  const effects = ledger.all({ kind: 'effect' })
  const named = (name: string): LedgerEntry[] => effects.filter((entry) => entry.name === name)
  const sessions = sessionsOf(world, named)
  return {
    world,
    sessions,
    sessionOfThread: new Map([...sessions.values()].map((session) => [session.threadId, session])),
    said: world.deeds.said,
    wrote: world.deeds.wrote.map((wrote) => ({ ...wrote, eventId: wrote.eventId || eventOf(named, wrote) })),
    shown: shownTo(world),
    arrived: named('event_added')
      .filter(({ detail }) => detail?.['authorKind'] === 'customer')
      .map(({ atMs, seq, detail }) => ({
        atMs,
        position: seq,
        threadId: textOf(detail, 'threadId'),
        text: textOf(detail, 'text'),
      })),
    taken: takenBy(world),
    failedMessageIds: new Set(named('message_operation_failed').map(({ detail }) => textOf(detail, 'id'))),
    closed: new Map(
      named('thread_closed').map(({ atMs, detail }) => [
        textOf(detail, 'threadId'),
        { atMs, reason: textOf(detail, 'reason') },
      ]),
    ),
    opened: new Map(
      named('thread_opened').map(({ atMs, detail }) => [
        textOf(detail, 'threadId'),
        { atMs, chatId: textOf(detail, 'chatId') },
      ]),
    ),
    deliveries: ledger.all({ kind: 'delivery', side: 'livechat' }),
    failedStops: new Set(named('cleanup_broken').map(({ detail }) => textOf(detail, 'conversationId'))),
  }
}

export const textOf = (detail: Record<string, unknown> | undefined, name: string): string => {
  const value = detail?.[name]
  return typeof value === 'string' ? value : ''
}

type Named = (name: string) => LedgerEntry[]

const sessionsOf = (world: World, named: Named): Map<string, SessionFacts> => {
  const conversations = new Map(world.system.installation.conversations().map((found) => [found.id, found.tags]))
  const people = new Map(world.people.map((endUser, person) => [endUser.conversationId, person]))
  const sessions = new Map<string, SessionFacts>()
  for (const { atMs, detail } of named('session_started')) {
    const conversationId = textOf(detail, 'conversationId')
    const tags = conversations.get(conversationId) ?? {}
    sessions.set(conversationId, {
      conversationId,
      person: people.get(textOf(detail, 'upstreamConversationId')) ?? -1,
      chatId: tags['livechatChatId'] ?? '',
      threadId: tags['livechatThreadId'] ?? '',
      startedAtMs: atMs,
      endedAtMs: undefined,
      endReason: undefined,
      detailsTold: 0,
      announced: [],
    })
  }
  for (const { atMs, detail } of named('session_ended')) {
    const session = sessions.get(textOf(detail, 'conversationId'))
    if (session) Object.assign(session, { endedAtMs: atMs, endReason: textOf(detail, 'reason') })
  }
  for (const { atMs, detail } of named('agent_announced')) {
    const session = sessions.get(textOf(detail, 'conversationId'))
    session?.announced.push({ atMs, userId: textOf(detail, 'userId'), name: textOf(detail, 'name') })
  }
  for (const { type, payload } of world.system.installation.botEvents()) {
    const session = sessions.get(String(payload['hitlConversationId']))
    if (session && type === 'hitlSessionEnded') session.detailsTold += 1
  }
  return sessions
}

/** An agent who reopens a chat writes its first event. */
const eventOf = (named: Named, { token }: Wrote): string =>
  textOf(named('event_added').find(({ detail }) => textOf(detail, 'text').startsWith(`${token}v`))?.detail, 'eventId')

const shownTo = ({ people }: World): Shown[] =>
  people.flatMap((endUser, person) =>
    endUser
      .chat()
      .map(({ atMs, from, text = '' }, position) => ({ person, atMs, position, from, text }))
      .filter(({ from }) => from !== 'me'),
  )

const takenBy = ({ system }: World): Taken[] =>
  system.installation.messages().flatMap((message) => {
    const token = /^u\d+(?= )/.exec(textOf(message.payload, 'text'))?.[0]
    if (token === undefined || message.direction !== 'outgoing') return []
    return [{ token, messageId: message.id, conversationId: message.conversationId, atMs: message.createdAtMs }]
  })
