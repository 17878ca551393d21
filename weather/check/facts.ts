import type { LedgerEntry } from '../../sandbox/ledger'
import type { Said, Wrote } from '../world/acts/deeds'
import type { Plan } from '../plan/plan'
import { isShortDelay } from '../world/mishaps'
import type { Sky } from '../world/sky'
import { team } from '../world/team'
import { clientIdOf, FIRST_STEP_MS, type World } from '../world/world'

/** One session, as both vendors saw it. */
export type SessionFacts = {
  conversationId: string
  person: number
  chatId: string
  threadId: string
  startedAtMs: number
  endedAtMs: number | undefined
  /** An agent and the end user may both end it. */
  firstEndedAtMs: number | undefined
  endReason: string | undefined
  /** What the flows were told each time that they were told the details of the end. */
  told: Record<string, unknown>[]
  /** When they were told for the first time. */
  toldAtMs: number | undefined
  /** How often the flows were told that the session waits. */
  waitsTold: number
  announced: { atMs: number; userId: string; name: string }[]
}

/** What an end user saw: a text, the name and address of a file, or all of a card. */
export type Shown = { person: number; atMs: number; position: number; from: string; text: string }

/** What an end user said as an event in LiveChat. `fileBytes`: the size of the file at its address. */
export type Arrived = {
  token: string
  atMs: number
  position: number
  threadId: string
  text: string
  fileBytes: number | undefined
}

/** What an end user said and the plugin gave to the integration. */
export type Taken = { token: string; messageId: string; conversationId: string; atMs: number }

/** An end user pressed a button, as LiveChat saw it. */
export type Pressed = { eventId: string; postbackId: string }

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
  pressed: Pressed[]
  /** What happened in LiveChat's threads, in order. */
  events: LedgerEntry[]
  /** Whether nothing went wrong and nobody was slow in this time, so that no exception is needed. */
  isCalm: (fromMs?: number, toMs?: number) => boolean
  /** Whether nothing went wrong in this time itself, and nobody was slow. What went wrong earlier may have an effect. */
  isQuiet: (fromMs: number, toMs: number) => boolean
  /** Ids of messages whose operation failed: the bot's owner sees each in the log. */
  failedMessageIds: Set<string>
  /** When the thread was closed, and why. */
  closed: Map<string, { atMs: number; reason: string }>
  opened: Map<string, { atMs: number; chatId: string }>
  /** When LiveChat transferred a thread, and to which agents. */
  transferred: { atMs: number; threadId: string; agentNames: string[] }[]
  /** LiveChat's deliveries of webhooks, by the app that they were registered for. */
  deliveriesTo: (person: number) => LedgerEntry[]
  /** Conversations whose `stopHitl` failed: Botpress, or the log, shows that to the bot's owner. */
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
    arrived: arrivedIn(named),
    taken: takenBy(world),
    pressed: named('postback_sent').map(({ detail }) => ({
      eventId: textOf(detail, 'eventId'),
      postbackId: textOf(detail, 'postbackId'),
    })),
    events: named('event_added'),
    isCalm: isCalm(world),
    isQuiet: isQuiet(world),
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
    transferred: named('chat_transferred').map(({ atMs, detail }) => ({
      atMs,
      threadId: textOf(detail, 'threadId'),
      agentNames: agentNamesOf(detail?.['agentIds']),
    })),
    deliveriesTo: deliveriesIn(world, named),
    failedStops: failedStopsOf(world, named),
  }
}

export const isBetween = (atMs: number, fromMs: number, toMs: number): boolean => fromMs <= atMs && atMs <= toMs

/** Whether an agent got the thread before this time. */
export const hadAgentBefore = ({ world }: Facts, threadId: string, beforeMs: number): boolean =>
  world.system.ledger
    .all({ name: 'agent_assigned' })
    .some(({ detail, atMs }) => textOf(detail, 'threadId') === threadId && atMs < beforeMs)

export const textOf = (detail: Record<string, unknown> | undefined, name: string): string => {
  const value = detail?.[name]
  return typeof value === 'string' ? value : ''
}

const deliveriesIn = (world: World, named: Named): ((person: number) => LedgerEntry[]) => {
  const appOf = new Map(
    named('webhook_registered').map(({ detail }) => [textOf(detail, 'webhookId'), textOf(detail, 'clientId')]),
  )
  const all = world.system.ledger.all({ kind: 'delivery', side: 'livechat' })
  return (person) => {
    const app = clientIdOf(world.plan.people[person]?.bot ?? 0)
    return all.filter(({ detail }) => appOf.get(textOf(detail, 'webhookId')) === app)
  }
}

export const agentNamesOf = (agentIds: unknown): string[] =>
  Array.isArray(agentIds) ? team.filter(({ email }) => agentIds.includes(email)).map(({ name }) => name) : []

const failedStopsOf = ({ ownerLog }: World, named: Named): Set<string> => {
  const told = ownerLog.flatMap((line) => (line.includes('chat_left_open') ? (/conv_\w+/.exec(line) ?? []) : []))
  return new Set([...named('cleanup_broken').map(({ detail }) => textOf(detail, 'conversationId')), ...told])
}

type Named = (name: string) => LedgerEntry[]

const sessionsOf = (world: World, named: Named): Map<string, SessionFacts> => {
  const conversations = new Map(world.bots.flatMap((bot) => bot.conversations()).map((found) => [found.id, found.tags]))
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
      firstEndedAtMs: undefined,
      endReason: undefined,
      told: [],
      toldAtMs: undefined,
      waitsTold: 0,
      announced: [],
    })
  }
  for (const { atMs, detail } of named('session_ended')) {
    const session = sessions.get(textOf(detail, 'conversationId'))
    if (!session) continue
    session.firstEndedAtMs ??= atMs
    Object.assign(session, { endedAtMs: atMs, endReason: textOf(detail, 'reason') })
  }
  for (const { atMs, detail } of named('agent_announced')) {
    const session = sessions.get(textOf(detail, 'conversationId'))
    session?.announced.push({ atMs, userId: textOf(detail, 'userId'), name: textOf(detail, 'name') })
  }
  const heardAtMs = new Map(named('bot_event').map(({ atMs, detail }) => [textOf(detail, 'id'), atMs]))
  for (const { id, type, payload } of world.bots.flatMap((bot) => bot.botEvents())) {
    const session = sessions.get(String(payload['hitlConversationId']))
    if (session && type === 'hitlSessionEnded') {
      session.told.push(payload)
      session.toldAtMs ??= heardAtMs.get(id)
    }
    if (session && type === 'hitlSessionQueued') session.waitsTold += 1
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
      .map(({ atMs, from, payload, text, title, url }, position) => ({
        ...{ person, atMs, position, from },
        text: text ?? (title === undefined ? JSON.stringify(payload) : `${title} ${url ?? ''}`),
      }))
      .filter(({ from }) => from !== 'me'),
  )

/**
 * The token that a customer's event stands for: it begins a text, perhaps after the name of who speaks, is a label, or
 * names a file or the link to one. Files of
 * the history come with a start, and are nothing new.
 */
const tokenOf = (detail: Record<string, unknown> | undefined): string | undefined => {
  const [text, url] = [textOf(detail, 'text'), textOf(detail, 'url')]
  if (textOf(detail, 'customId').startsWith('history-')) return undefined
  const [, ofText, ofLabel, ofLink] =
    /^(?:\[[^\]]*\] )?(?:(u\d+) |(?:\d\. )?(k\d+p\d)$|An? \w.*["/](u\d+)-file)/.exec(text) ?? []
  return ofText ?? ofLabel ?? ofLink ?? /\/(u\d+)-file/.exec(url)?.[1]
}

const arrivedIn = (named: Named): Arrived[] => {
  const bytesOf = new Map(
    named('file_uploaded').map(({ detail }) => [textOf(detail, 'url'), Number(detail?.['bytes'])]),
  )
  return named('event_added').flatMap(({ atMs, seq, detail }) => {
    const token = detail?.['authorKind'] === 'customer' ? tokenOf(detail) : undefined
    if (token === undefined) return []
    const [threadId, text] = [textOf(detail, 'threadId'), textOf(detail, 'text')]
    return [{ token, atMs, position: seq, threadId, text, fileBytes: bytesOf.get(textOf(detail, 'url')) }]
  })
}

const takenBy = ({ bots }: World): Taken[] =>
  bots
    .flatMap((bot) => bot.messages())
    .filter(({ direction, payload }) => direction === 'outgoing' && payload['userId'] !== undefined)
    .flatMap(({ id, payload, conversationId, createdAtMs }) =>
      // A bloc holds several.
      [...JSON.stringify(payload).matchAll(/"(u\d+) |\/(u\d+)-file\.|"(?:\d\. )?(k\d+p\d)"/g)].map(
        ([, ofText, ofFile, ofLabel]) => ({
          token: ofText ?? ofFile ?? ofLabel ?? '',
          messageId: id,
          conversationId,
          atMs: createdAtMs,
        }),
      ),
    )

/** If LiveChat's answer with a new cookie is lost, and the old one no longer counts, nobody has a cookie. */
export const isIdentityLost = ({ world: { deeds, plan, sky } }: Facts, chatId: string): boolean =>
  deeds.lost.has(chatId) || (plan.knobs.livechatKnobs.newCstEndsOld === true && sky.happened.length > 0)

/** Then LiveChat may sign with a secret that was replaced twice, which the bot no longer knows. */
export const mayReplaceSecretTwice = ({ plan }: World): boolean =>
  plan.steps.filter(({ does }) => does === 'rotateSecret').length > 1

/** Whether Botpress' lists may not have shown the session yet. */
export const isListLate = ({ plan }: World, startedAtMs: number, atMs: number): boolean => {
  const lagMs = plan.knobs.botpressKnobs.listLagMs ?? 0
  // A list that is made too early is believed until the next one.
  const settledMs = lagMs > SOON_LISTED_MS ? LISTED_AGAIN_MS : SETTLED_MS
  return lagMs > 0 && atMs < startedAtMs + lagMs + settledMs
}
const SETTLED_MS = 2_000
const SOON_LISTED_MS = 3_000
const LISTED_AGAIN_MS = 62_000

/**
 * Whether a webhook of a session may count as that of a foreign chat. One that was made by hand does not say whose chat
 * it is.
 */
export const mayCountAsForeign = (
  world: World,
  { person, startedAtMs, chatId, threadId }: Pick<SessionFacts, 'person' | 'startedAtMs' | 'chatId' | 'threadId'>,
  atMs: number,
): boolean => {
  const isMadeByHand = world.plan.hasAgentAccess !== true || (world.plan.people[person]?.bot ?? 0) > 0
  if (!isMadeByHand) return false
  // An agent opened the chat of a start that had failed, so no conversation says that it is ours. A later start joins it.
  const isUnknownChat =
    world.deeds.reopened.has(threadId) &&
    world.bots
      .flatMap((bot) => bot.conversations())
      .every(({ tags }) => tags['livechatChatId'] !== chatId || tags['livechatThreadId'] === threadId)
  return isListLate(world, startedAtMs, atMs) || (isUnknownChat && atMs < startedAtMs + LISTED_AGAIN_MS)
}

/** The plugin drops what comes earlier than 5 s after the conversation's creation, so much is scheduled until then. */
const START_LASTS_MS = 15_000

/** Whether an agent wrote this in the first seconds of its session. */
export const isAtStart = ({ sessionOfThread }: Facts, { threadId, atMs }: Wrote): boolean =>
  atMs < (sessionOfThread.get(threadId)?.startedAtMs ?? -Infinity) + START_LASTS_MS

/** What went wrong up to this long before may still have an effect: LiveChat's last delivery comes 45 s after the first. */
const LATE_MS = 90_000

const isCalm =
  ({ sky, plan, deeds }: World): Facts['isCalm'] =>
  (fromMs = -Infinity, toMs = Infinity) =>
    deeds.lost.size === 0 &&
    nobodyIsSlow(plan) &&
    isFree(sky, fromMs - LATE_MS, toMs) &&
    !isUpgraded(plan, fromMs - LATE_MS, toMs)

const isQuiet =
  ({ sky, plan }: World): Facts['isQuiet'] =>
  (fromMs, toMs) =>
    nobodyIsSlow(plan) && isFree(sky, fromMs, toMs) && !isUpgraded(plan, fromMs, toMs)

/** After an upgrade, Botpress refuses the earlier version, also in the middle of its work. */
const isUpgraded = ({ steps }: Plan, fromMs: number, toMs: number): boolean =>
  steps.some(({ does, atMs }) => {
    const upgradedAtMs = FIRST_STEP_MS + atMs
    return does === 'upgrade' && fromMs <= upgradedAtMs && upgradedAtMs <= toMs
  })

/** The process that started a session knows the time by then, however wrong its clock is. */
const nobodyIsSlow = ({ rates, clocksAheadMs }: Plan): boolean =>
  rates.latency.slowShare === 0 && (clocksAheadMs.length === 1 || clocksAheadMs.every((aheadMs) => aheadMs === 0))

const isFree = (sky: Sky, fromMs: number, toMs: number): boolean =>
  sky.happenedAtMs.every((atMs, index) => {
    const effect = sky.happened[index]?.effect
    return atMs < fromMs || atMs > toMs || (effect !== undefined && isShortDelay(effect))
  })
