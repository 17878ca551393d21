import type { World } from '../world/world'
import type { Verdict } from './verdict'

/** A fault that is known and not mended yet. When it is mended, its entry goes, and the simulation guards it. */
type KnownFault = {
  name: string
  /** What is wrong, for docs/weather.md and for the summary of a run. */
  what: string
  explains: (verdict: Verdict, world: World) => boolean
}

const isLostOrOutOfOrder = ({ name }: Verdict): boolean =>
  name === 'agentWordLost' || name === 'endUserReadsInWrongOrder'

const knownFaults: readonly KnownFault[] = [
  {
    name: 'clockIsWrong',
    what: 'A process whose clock is ten minutes fast or slow, and that has had no answer of LiveChat yet, takes the drop window for over, or for endless, a claim of an end for old, and a message that is handed over again for new.',
    // A process that starts a session has had an answer of LiveChat, and knows the time.
    explains: (verdict, { plan, sky }) =>
      plan.clocksAheadMs.some((aheadMs) => aheadMs !== 0) &&
      verdict.knowsTheTime !== true &&
      (plan.clocksAheadMs.length > 1 || sky.happened.some(({ effect }) => effect.kind === 'killed')) &&
      (isLostOrOutOfOrder(verdict) ||
        verdict.name === 'announcedTwice' ||
        verdict.name === 'announcedThoughAbsent' ||
        verdict.name === 'endToldTwice' ||
        verdict.name === 'agentReadsTwice'),
  },
  {
    name: 'severalProcessesInTheDropWindow',
    what: 'Each process keeps its own distances between what it schedules. So an end, or a later word, overtakes.',
    explains: (verdict, { plan, sky }) =>
      plan.clocksAheadMs.length > 1 &&
      (plan.rates.latency.slowShare > 0 || sky.happened.length > 0) &&
      verdict.isAtStart === true &&
      isLostOrOutOfOrder(verdict),
  },
  {
    name: 'startOutlivesTheDropWindow',
    what: 'With slow calls a start returns after what it has scheduled is due.',
    explains: (verdict, { plan, sky }) =>
      (plan.rates.latency.slowShare > 0 || sky.happened.some(({ effect }) => effect.kind === 'delay')) &&
      (verdict.name === 'announcedThoughAbsent' || (verdict.isAtStart === true && isLostOrOutOfOrder(verdict))),
  },
  {
    name: 'startIsRepeated',
    what: 'If Botpress hands over a start twice, and something goes wrong in one of the two, both may open a thread, and one of them stays open.',
    explains: ({ name }, { plan, sky }) =>
      plan.repeats?.action === 'startHitl' &&
      sky.happened.length > 0 &&
      ['agentWordLost', 'endToldTwice', 'failedStartLeftOpen', 'sessionLeftOpen'].includes(name),
  },
  {
    name: 'getOrCreateRaces',
    what: 'Where get-or-create of Botpress is not atomic, two processes that bring a message at one instant create it twice.',
    explains: ({ name }, { plan }) => name === 'endUserReadsTwice' && plan.knobs.botpressKnobs.raceGetOrCreate === true,
  },
]

/** Marks what a known fault explains. */
export const markKnown = (verdict: Verdict, world: World): Verdict => {
  const fault = verdict.kind === 'broken' ? knownFaults.find(({ explains }) => explains(verdict, world)) : undefined
  return fault ? { kind: 'known', name: fault.name, text: `${verdict.name}: ${verdict.text}` } : verdict
}
