import type { World } from '../world/world'
import { agentReads } from './agent-reads'
import { announcements } from './announcements'
import { endUserReads } from './end-user-reads'
import { ends } from './ends'
import { collectFacts } from './facts'
import { order } from './order'
import { broken, type Rule, type Verdict } from './verdict'

/** Calls are watched while the world runs. */
const conduct: Rule = ({ world }) => world.cloud.offences.map(({ rule, text }) => broken(rule, text))

/** A mistake of our own, wherever it was caught. */
const mistakes: Rule = ({ world }) =>
  world.maintainerLog
    .filter((line) => line.includes('unexpected_error'))
    .map((line) => broken('unexpectedError', line.slice(0, 300)))

const rules: readonly Rule[] = [endUserReads, agentReads, order, ends, announcements, conduct, mistakes]

export const judge = (world: World): Verdict[] => {
  const facts = collectFacts(world)
  return rules.flatMap((rule) => rule(facts))
}
