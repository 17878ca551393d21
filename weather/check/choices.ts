import type { Said, Wrote } from '../world/acts/deeds'
import { textOf, type Facts } from './facts'
import { broken, type Rule, type Verdict } from './verdict'

/** A button is pressed if the end user has picked it, and only then. */
export const choices: Rule = (facts) => [
  ...facts.pressed.flatMap(({ eventId, postbackId }) => {
    const isPicked = facts.said.some(({ token, answers }) => answers?.eventId === eventId && token === postbackId)
    return isPicked ? [] : [broken('pressedByNobody', postbackId)]
  }),
  ...facts.said.flatMap((said) => (said.answers ? judge(facts, said, said.answers) : [])),
]

const judge = (facts: Facts, { token, atMs }: Said, offered: Wrote): Verdict[] => {
  const count = facts.pressed.filter(({ postbackId }) => postbackId === token).length
  // What goes wrong in between, and has passed, closes no choices.
  const isCalm = facts.isCalm(offered.atMs, offered.atMs + RECORDED_MS) && facts.isCalm(atMs, atMs + LIVECHAT_MS)
  if (isCalm && count > 1) return [broken('pressedTwice', token)]
  // In a later session, nothing is open any more.
  const hasArrived = facts.arrived.some((arrived) => arrived.token === token && arrived.threadId === offered.threadId)
  const mustBePressed = isCalm && hasArrived && isClear(facts, offered, atMs)
  return mustBePressed && count === 0 ? [broken('choiceNotPressed', token)] : []
}

/** A message has arrived within this time, if nothing goes wrong. */
const LIVECHAT_MS = 30_000

/** The time that a process needs to record that choices are open. */
const RECORDED_MS = 3_000

/** Whether the answer can only mean these choices: they were shown long before, and nobody else has spoken since. */
const isClear = (facts: Facts, offered: Wrote, atMs: number): boolean => {
  const shownAtMs = facts.shown.find(({ text }) => text.includes(`${offered.token}v`))?.atMs ?? Infinity
  const at = facts.events.findIndex(({ detail }) => textOf(detail, 'eventId') === offered.eventId)
  const later = facts.events
    .slice(at + 1)
    .filter((event) => textOf(event.detail, 'threadId') === offered.threadId && event.atMs <= atMs + RECORDED_MS)
    .filter(({ detail }) => detail?.['authorKind'] !== undefined && detail['authorKind'] !== 'customer')
  return offered.deletedAtMs === undefined && atMs - shownAtMs > RECORDED_MS && later.length === 0
}
