import type { World } from '../world/world'
import { broken, excused, type Rule } from './verdict'

/** The end user hears of each change of agent once. */
export const announcements: Rule = ({ sessions, transferred, world }) =>
  [...sessions.values()].flatMap(({ person, announced, threadId, startedAtMs }) =>
    announced.flatMap(({ name, atMs }, index) => {
      const before = announced[index - 1]
      if (before?.name !== name) return []
      // A colleague had the session meanwhile, perhaps too shortly to be announced.
      const hasItAgain = transferred.some(
        (transfer) =>
          transfer.threadId === threadId &&
          transfer.agentNames.includes(name) &&
          before.atMs < transfer.atMs &&
          transfer.atMs < atMs,
      )
      if (hasItAgain) return []
      const what = `${name} to person ${person}`
      const isAtOnce = world.plan.clocksAheadMs.length > 1 && atMs - before.atMs < AT_ONCE_MS
      if (isAtOnce) return [excused('announcedByTwo', what)]
      const isAgain = mayBeMadeAgain(world, startedAtMs - START_MS, atMs)
      return [isAgain ? excused('announcedAgain', what) : broken('announcedTwice', what)]
    }),
  )

/** Whether an announcement, or its record, was made in this time and its process did not know it. */
const mayBeMadeAgain = ({ sky }: World, fromMs: number, toMs: number): boolean =>
  sky.happened.some(({ route, effect }, index) => {
    const atMs = sky.happenedAtMs[index] ?? 0
    const isOfAnnouncement = /POST \/v1\/chat\/events$|PUT \/v1\/chat\/conversations\/:id$/.test(route)
    // What never reached Botpress has announced nothing.
    const isUnnoticed = route.includes('conversations') || ('when' in effect && effect.when === 'after')
    return isOfAnnouncement && isUnnoticed && fromMs < atMs && atMs < toMs
  })

/** An announcement at the start comes before the session begins. */
const START_MS = 30_000

/** Two processes that learn of the same change at the same moment do so within this time. */
const AT_ONCE_MS = 10_000
