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

const judge = (facts: Facts, said: Said, offered: Wrote): Verdict[] => {
  const { token, atMs, isNumber } = said
  const count = facts.pressed.filter(({ postbackId }) => postbackId === token).length
  // A number then answers what the agent has asked since.
  if (isNumber && count > 0 && isAnsweredByOthers(facts, offered, atMs)) return [broken('pressedOutOfTurn', token)]
  // What goes wrong in between, and has passed, closes no choices.
  const isCalm = facts.isCalm(offered.atMs, offered.atMs + RECORDED_MS) && facts.isCalm(atMs, atMs + LIVECHAT_MS)
  if (isCalm && count > 1) return [broken('pressedTwice', token)]
  // In a later session, nothing is open any more.
  const mustBePressed = isCalm && hasArrived(facts, said, offered.threadId) && isClear(facts, offered, atMs)
  return mustBePressed && count === 0 ? [broken('choiceNotPressed', token)] : []
}

/** Whether the answer stands in the thread: as the label, or as the number that was written. */
export const hasArrived = (facts: Facts, { token, atMs, isNumber, answers }: Said, threadId: string): boolean =>
  facts.arrived.some((arrived) => arrived.token === token && arrived.threadId === threadId) ||
  (isNumber === true &&
    facts.events.some(
      (event) =>
        event.atMs >= atMs &&
        textOf(event.detail, 'threadId') === threadId &&
        textOf(event.detail, 'text') === String((answers?.labels ?? []).indexOf(token) + 1),
    ))

/** A message has arrived within this time, if nothing goes wrong. */
const LIVECHAT_MS = 30_000

/** The time that a process needs to record that choices are open. */
const RECORDED_MS = 3_000

/** Whether an agent has written after the choices, and before the answer, and has not deleted that. */
const isAnsweredByOthers = ({ wrote }: Facts, offered: Wrote, atMs: number): boolean =>
  wrote
    .slice(wrote.indexOf(offered) + 1)
    .some(
      (later) =>
        later.threadId === offered.threadId &&
        !later.isPrivate &&
        later.deletedAtMs === undefined &&
        later.atMs > offered.atMs &&
        later.atMs < atMs,
    )

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
