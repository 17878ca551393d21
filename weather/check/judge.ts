import type { World } from '../world/world'
import { agentReads } from './agent-reads'
import { announcements, outdatedAnnouncements } from './announcements'
import { bots } from './bots'
import { changes } from './changes'
import { choices } from './choices'
import { endUserReads } from './end-user-reads'
import { ends } from './ends'
import { collectFacts } from './facts'
import { foreignChats } from './foreign-chats'
import { inTime } from './in-time'
import { markKnown } from './known'
import { order } from './order'
import { returns } from './returns'
import { starts } from './starts'
import { truth } from './truth'
import { undelivered } from './undelivered'
import { broken, excused, type Rule, type Verdict } from './verdict'

/** An hour after the last word, no process holds anything: no turn, no place in a queue, no file. */
const held: Rule = ({ world }) => world.cloud.holds().map((text) => broken('heldForEver', text))

/** Calls are watched while the world runs. */
const conduct: Rule = ({ world }) =>
  world.cloud.offences.map(({ rule, text }) =>
    rule === 'repetitionAfterAnswer' ? excused(rule, text) : broken(rule, text),
  )

/** A mistake of our own, wherever it was caught. A page in place of LiveChat's answer is none. */
const mistakes: Rule = ({ world }) =>
  world.maintainerLog
    .filter((line) => line.includes('unexpected_error') && !line.includes('LiveChatSchemaError'))
    .map((line) => broken('unexpectedError', line.slice(0, 300)))

const rules: readonly Rule[] = [
  ...[
    endUserReads,
    agentReads,
    order,
    choices,
    changes,
    starts,
    ends,
    announcements,
    outdatedAnnouncements,
    bots,
    returns,
    foreignChats,
    inTime,
    truth,
    undelivered,
  ],
  ...[held, conduct, mistakes],
]

/** Judges a world by every rule. `isStrict`: known faults count like all others. */
export const judge = (world: World, isStrict = false): Verdict[] => {
  const facts = collectFacts(world)
  const verdicts = rules.flatMap((rule) => rule(facts))
  return isStrict ? verdicts : verdicts.map((verdict) => markKnown(verdict, world))
}
