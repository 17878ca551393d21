import { believed, beliefIds, beliefOf, type BeliefId, type KnobValue } from './catalogue'
import type { ProbeResult } from './probe'

export type Verdict = 'as believed' | 'differs' | 'noted' | 'not seen'

export type BeliefReport = {
  belief: BeliefId
  question: string
  verdict: Verdict
  /** Today's default of the emulator's knob. */
  believed?: KnobValue
  /** The knob's value that is true on this license. Absent if LiveChat does what no value means. */
  value?: KnobValue
  seen?: string
  /** What shows that the probe could have seen the opposite. */
  control?: string
  /** Why it could not be seen. */
  notSeen?: string
}

export type ProbeReport = {
  runId: string
  isComplete: boolean
  beliefs: BeliefReport[]
  /** The values that are true on this license, for the emulator. */
  knobs: Record<string, KnobValue>
  /** To be put back by hand. */
  left: string[]
}

export const reportOf = ({ runId, sightings, left, isStopped }: ProbeResult): ProbeReport => {
  const beliefs = beliefIds.map((belief): BeliefReport => {
    const [usual, sighting] = [believed(belief), sightings.get(belief)]
    const head = { belief, question: beliefOf(belief).question, ...(usual === undefined ? {} : { believed: usual }) }
    if (!sighting || 'notSeen' in sighting)
      return { ...head, verdict: 'not seen', notSeen: sighting?.notSeen ?? 'the probe did not come so far' }
    const verdict = usual === undefined ? 'noted' : sighting.value === usual ? 'as believed' : 'differs'
    return { ...head, verdict, ...sighting }
  })
  const knobs = beliefs.flatMap(({ belief, value }): [string, KnobValue][] => {
    const { knob } = beliefOf(belief)
    return knob === undefined || value === undefined ? [] : [[knob, value]]
  })
  return { runId, isComplete: !isStopped, beliefs, knobs: Object.fromEntries(knobs), left }
}

const marks: Record<Verdict, string> = { 'as believed': '=', differs: '≠', noted: '·', 'not seen': '?' }

/** One paragraph per belief, then what to do. */
export const textOf = ({ runId, isComplete, beliefs, left }: ProbeReport): string => {
  const count = (verdict: Verdict): number => beliefs.filter((one) => one.verdict === verdict).length
  const changed = beliefs.filter(({ verdict, value }) => verdict === 'differs' && value !== undefined)
  const nameless = beliefs.filter(({ verdict, value }) => verdict === 'differs' && value === undefined)
  return [
    ...beliefs.flatMap(paragraph),
    `${count('as believed')} as believed, ${count('differs')} differ, ${count('noted')} noted, ${count('not seen')} not seen.`,
    ...(isComplete ? [] : ['The probe was stopped before its end.']),
    ...(changed.length === 0
      ? []
      : [
          'Play the scenarios as this license is:',
          ['  npm run test:doubts --', ...changed.map((one) => `--knob ${one.belief}=${String(one.value)}`)].join(' '),
          'Then make these values the defaults in sandbox/livechat/knobs.ts.',
        ]),
    ...nameless.map(({ belief }) => `No value of ${belief} means what was seen: add one in sandbox/livechat/knobs.ts.`),
    `The customers “Probe ${runId} (1)” and “(2)” and their closed chats stay in LiveChat.`,
    ...left.map((what) => `PUT BACK BY HAND: ${what}`),
  ].join('\n')
}

const paragraph = (one: BeliefReport): string[] => {
  const usual = one.believed === undefined ? '' : ` (believed: ${String(one.believed)})`
  const value = one.value === undefined ? '' : ` → ${String(one.value)}`
  return [
    `${marks[one.verdict]} ${one.belief}${value}${usual}`,
    `    ${one.question}`,
    ...(one.seen === undefined ? [] : [`    ${one.seen}.`]),
    ...(one.control === undefined ? [] : [`    Control: ${one.control}.`]),
    ...(one.notSeen === undefined ? [] : [`    Could not be seen: ${one.notSeen}.`]),
    '',
  ]
}
