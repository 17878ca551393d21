import { isReopenedUnnoticed } from './agent-reads'
import { textOf, type Facts } from './facts'
import { broken, excused, type Rule, type Verdict } from './verdict'

/** What the bot itself writes, asks and passes on. */
export const bots: Rule = (facts) => [
  ...facts.world.deeds.botSaid.flatMap((said) => judgeWords(facts, said)),
  ...ratings(facts),
  ...facts.world.deeds.wrongAvailability.map((text) => broken('wrongAvailability', text)),
  ...webhooks(facts),
]

/** Near the end, the thread may be closed before the bot's words come to it. */
const NEAR_END_MS = 60_000

const judgeWords = (
  facts: Facts,
  { token, conversationId, atMs }: Facts['world']['deeds']['botSaid'][number],
): Verdict[] => {
  const { sessions, events, closed, world } = facts
  const found = events.filter(({ detail }) => textOf(detail, 'text').includes(`${token} from the bot`))
  const threadId = sessions.get(conversationId)?.threadId ?? ''
  const [first] = found
  if (!first) {
    const hasFailed = world.system.ledger
      .all({ name: 'message_operation_failed' })
      .some(({ detail }) => detail?.['conversationId'] === conversationId)
    if (hasFailed) return [excused('failedVisibly', token)]
    const isNearEnd = (closed.get(threadId)?.atMs ?? Infinity) - atMs < NEAR_END_MS
    return [isNearEnd ? excused('botWordAfterEnd', token) : broken('botWordLost', token)]
  }
  if (found.length > 1) return [broken('agentReadsTwice', token)]
  const arrived = { threadId: textOf(first.detail, 'threadId'), atMs: first.atMs }
  if (arrived.threadId !== threadId) {
    const isUnnoticed = isReopenedUnnoticed(facts, sessions.get(conversationId), arrived)
    return [isUnnoticed ? excused('reopenedUnnoticed', token) : broken('wordsInAnotherThread', token)]
  }
  const isAsEndUser = first.detail?.['authorKind'] === 'customer' && textOf(first.detail, 'text').startsWith(token)
  return isAsEndUser ? [broken('botSpeaksAsEndUser', token)] : []
}

/** LiveChat gets a rating as it was given, and the flows hear of it once. */
const ratings = (facts: Facts): Verdict[] => {
  const { world, sessions, isCalm } = facts
  const told = world.bots.flatMap((bot) => bot.botEvents()).filter(({ type }) => type === 'hitlSessionRated')
  const written = world.system.ledger.all({ name: 'thread_properties_updated' })
  const isTold = world.system.livechat.webhooks
    .list()
    .some(({ action, url }) => action === 'thread_properties_updated' && url === world.system.installation.webhookUrl)
  return world.deeds.rated.flatMap(({ token, conversationId, atMs, isAccepted }) => {
    const isOfFirstBot = (world.plan.people[sessions.get(conversationId)?.person ?? -1]?.bot ?? 0) === 0
    const mine = told.filter(({ payload }) => String(payload['ratingComment']).startsWith(`${token} `))
    const isWritten = written.some(({ detail }) => JSON.stringify(detail).includes(`{"score":1,"comment":"${token} `))
    const isRepeated = world.plan.clocksAheadMs.length > 1 || world.plan.cacheEntries !== undefined
    // A later rating of the same session replaces it before it is read.
    const isLast = !world.deeds.rated.some((other) => other.conversationId === conversationId && other.atMs > atMs)
    return [
      ...(isAccepted && !isWritten ? [broken('ratingLost', token)] : []),
      ...(mine.some(({ payload }) => payload['ratingScore'] !== 1) ? [broken('ratingChanged', token)] : []),
      ...(mine.length === 0 && isAccepted && isLast && isTold && isOfFirstBot && isCalm(atMs)
        ? [broken('ratingNotTold', token)]
        : []),
      ...(mine.length > 1 && !isRepeated && isCalm(atMs) ? [broken('ratingToldTwice', token)] : []),
    ]
  })
}

/** A registration has ended after this time. */
const CONFIGURED_MS = 60_000

/** A bot with agent access has each of its webhooks once. */
const webhooks = ({ world, isCalm }: Facts): Verdict[] => {
  const { installation, livechat } = world.system
  const { configuredAtMs } = world.deeds
  if (world.plan.hasAgentAccess !== true || !isCalm(configuredAtMs, configuredAtMs + CONFIGURED_MS)) return []
  const own = livechat.webhooks.list().filter(({ url }) => url === installation.webhookUrl)
  const actions = own.map(({ action }) => action)
  if (!['incoming_event', 'chat_deactivated', 'event_updated'].every((action) => actions.includes(action)))
    return [broken('webhookMissing', actions.join(' '))]
  return new Set(actions).size < actions.length ? [broken('webhookTwice', actions.join(' '))] : []
}
