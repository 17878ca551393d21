import { agentNamesOf, isBetween, textOf, type Facts } from './facts'
import { ownTexts, type World } from '../world/world'
import { isShortDelay } from '../world/mishaps'
import { broken, excused, type Rule } from './verdict'

/** The end user hears once of each time that an agent gets the session. */
export const announcements: Rule = (facts) =>
  [...facts.sessions.values()].flatMap(({ person, announced, threadId, startedAtMs }) =>
    announced.flatMap(({ name, atMs, userId }, index) => {
      const before = announced[index - 1]
      if (name !== 'Agent' && !hasTakenPart(facts, threadId, name, atMs))
        return [broken('announcedThoughAbsent', `${name} to person ${person}`)]
      // Two agents whose names could not be read.
      if (name === 'Agent' && before?.userId !== userId) return []
      if (before?.name !== name || hasWaited(facts, person, before.atMs, atMs)) return []
      const times = announced.slice(0, index + 1).filter((each) => each.name === name).length
      if (times <= beginnings(facts, threadId, name, atMs)) return []
      const what = `${name} to person ${person}`
      if (atMs < startedAtMs + WINDOW_MS && twoWroteAtStart(facts, threadId, startedAtMs))
        return [excused('twoWroteAtStart', what)]
      const isAgain = mayBeMadeAgain(facts.world, startedAtMs - START_MS, atMs) || isClaimRefused(facts.world, atMs)
      return [isAgain ? excused('announcedAgain', what) : broken('announcedTwice', what)]
    }),
  )

/** Whether an agent has got the thread, or has written in it. */
const hasTakenPart = (facts: Facts, threadId: string, name: string, untilMs: number): boolean =>
  beginnings(facts, threadId, name, untilMs) > 0 ||
  facts.wrote.some((each) => each.threadId === threadId && each.agentName === name && each.atMs <= untilMs)

const twoWroteAtStart = ({ wrote }: Facts, threadId: string, startedAtMs: number): boolean =>
  new Set(
    wrote
      .filter((each) => each.threadId === threadId && !each.isPrivate && each.atMs < startedAtMs + WINDOW_MS)
      .map(({ agentId }) => agentId),
  ).size > 1

/** Whether the end user was told in this time that they wait again. */
const hasWaited = ({ shown }: Facts, person: number, fromMs: number, toMs: number): boolean =>
  shown.some(
    (line) => line.person === person && line.text === ownTexts.waitingAgain && fromMs <= line.atMs && line.atMs <= toMs,
  )

/** A process has read the thread this long before, at most. */
const LATE_MS = 6_000
/** By then, what waited for the plugin at the start has come, and a webhook that failed once. */
const WINDOW_MS = 15_000

/**
 * An agent who has passed on the session is not announced afterwards, and no helper in place of the agent who gets it. The
 * plugin itself announces the author of the first words, also if they come late.
 */
export const outdatedAnnouncements: Rule = (facts) =>
  [...facts.sessions.values()].flatMap(({ person, announced, threadId, startedAtMs }) =>
    announced.flatMap(({ name, atMs }) => {
      const before = changesOf(facts, threadId).filter((change) => change.atMs < atMs)
      const got = before.findLast(({ names }) => names.includes(name))
      const lost = before.findLast(({ names, isTransfer }) => isTransfer && !names.includes(name))
      const isSilent = !facts.shown.some(
        (line) =>
          line.person === person &&
          isBetween(line.atMs, atMs - LATE_MS, atMs + LATE_MS) &&
          facts.wrote.some((wrote) => wrote.agentName === name && line.text.includes(`${wrote.token}v`)),
      )
      // What came just before may be announced late.
      const isPast =
        lost !== undefined && (lost.atMs < atMs - LATE_MS || (isSilent && got && got.atMs < atMs - LATE_MS))
      // Both may have happened in one moment.
      const isOutdated = isPast && got && before.indexOf(got) < before.indexOf(lost)
      if (!isOutdated || atMs < startedAtMs + WINDOW_MS || !facts.isQuiet(atMs - WINDOW_MS, atMs)) return []
      return [broken('announcedTooLate', `${name} to person ${person}`)]
    }),
  )

/** How often an agent has got a thread until `untilMs`. One time may show as an assignment and as a transfer. */
const beginnings = (facts: Facts, threadId: string, name: string, untilMs: number): number => {
  const times = changesOf(facts, threadId).filter(({ names, atMs }) => atMs <= untilMs && names.includes(name))
  return new Set(times.map(({ atMs }) => atMs)).size
}

/** Each time that somebody got a thread: who, and whether it was taken from all others. */
const changesOf = ({ world }: Facts, threadId: string): { atMs: number; names: string[]; isTransfer: boolean }[] =>
  world.system.ledger
    .all({ side: 'livechat', kind: 'effect' })
    .filter(
      ({ name, detail }) => /^agent_assigned$|^chat_transferred$/.test(name) && textOf(detail, 'threadId') === threadId,
    )
    .map(({ name, atMs, detail }) => ({
      atMs,
      isTransfer: name === 'chat_transferred',
      names: agentNamesOf(name === 'chat_transferred' ? detail?.['agentIds'] : [detail?.['agentId']]),
    }))

/** Whether an announcement may have been made, or recorded, in this time without its process knowing it. */
const mayBeMadeAgain = ({ sky, plan }: World, fromMs: number, toMs: number): boolean =>
  plan.rates.latency.slowShare > 0 ||
  sky.happened.some(({ route, effect }, index) => {
    const atMs = sky.happenedAtMs[index] ?? 0
    const isOfAnnouncement = /POST \/v1\/chat\/events$|PUT \/v1\/chat\/conversations\/:id$/.test(route)
    // What never reached Botpress has announced nothing. What reaches it late may come after its process gave it up.
    // A process waits some seconds for a late answer.
    const isNoticed = effect.kind === 'delay' && (isShortDelay(effect) || plan.clocksAheadMs.length === 1)
    const isUnnoticed =
      !isNoticed &&
      (route.includes('conversations') || effect.kind === 'delay' || ('when' in effect && effect.when === 'after'))
    const isBetween = fromMs < atMs && atMs < toMs
    // A call that hangs outlasts the claim of its process.
    return isBetween && (effect.kind === 'killed' || effect.kind === 'hang' || (isOfAnnouncement && isUnnoticed))
  })

/** An announcement may be due some seconds after its claim. */
const AT_ONCE_MS = 10_000

/** Whether Botpress refused a claim, and its repetition, shortly before. */
const isClaimRefused = ({ sky }: World, atMs: number): boolean =>
  sky.happened.filter(
    ({ route }, index) =>
      route.endsWith('/states/:type/:id/:name/get-or-set') &&
      Math.abs(atMs - (sky.happenedAtMs[index] ?? 0)) < AT_ONCE_MS,
  ).length > 1

/** An announcement at the start comes before the session begins. */
const START_MS = 30_000
