import { broken, excused, type Rule } from './verdict'

/** The end user hears of each change of agent once. */
export const announcements: Rule = ({ sessions, transferred, world }) =>
  [...sessions.values()].flatMap(({ person, announced, threadId }) =>
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
      return [isAtOnce ? excused('announcedByTwo', what) : broken('announcedTwice', what)]
    }),
  )

/** Two processes that learn of the same change at the same moment do so within this time. */
const AT_ONCE_MS = 10_000
