import { agentTexts } from '../agent-texts'
import type { HistoryEntry } from '../history'
import { colons, withoutInvisibles } from '../../characters'
import { cleanLabel } from './clean-label'
import { shortLabel } from './plain-label'
import { mixesAlphabets, skeleton } from './skeleton'
import { isolate, linesOf } from '../texts/words'

/**
 * Nobody may forge who speaks in what an agent reads. In the briefing, somebody's words begin with a label and a colon,
 * and each further line with `continued`. So no name contains a colon, a square bracket or that mark, and no words can
 * stand at the place of a label. `live-labels` has the labels that are used during a session.
 */
const continued = '│ '

const maxNameCharacters = 60
const maxFieldNameCharacters = 5_000

/** A name as a label. `undefined` if nothing of it is left. A name that could be taken for a role is put in quotes. */
export const personLabel = (name: string | undefined): string | undefined => {
  const label = labelText(name ?? '', maxNameCharacters)
  if (label === '') return undefined
  return looksLikeRole(label) || looksLikeHeading(label) || mixesAlphabets(label)
    ? agentTexts.customerNamed(label)
    : label
}

/** An agent's name as a label. Without a name, the label is "Agent". */
export const agentLabel = (name: string | undefined): string => {
  const label = labelText(name ?? '', maxNameCharacters)
  if (label === '') return agentTexts.agent
  return label.toLowerCase().startsWith(`${agentTexts.agent.toLowerCase()} `) ? label : `${agentTexts.agent} ${label}`
}

/** The label of somebody without a name who is not the session's end user. The end of the id tells them apart. */
export const namelessLabel = (userId: string): string => withId(agentTexts.nameless, userId)

/** A label with the end of an id, because another speaker already has the label. */
export const withId = (label: string, userId: string): string => {
  const end = userId.replace(/[^\p{L}\p{N}]/gu, '').slice(-4)
  return end === '' ? agentTexts.somebody : `${label} (${end})`
}

/** The label of each user who speaks in a history. */
export type Labels = ReadonlyMap<string, string>

/** No two users have labels that look the same. */
export const labelsOf = (
  history: readonly HistoryEntry[],
  names: ReadonlyMap<string, string>,
  endUserId: string,
): Labels => {
  const ofEndUser = personLabel(names.get(endUserId)) ?? agentTexts.nameless
  const labels = new Map([[endUserId, ofEndUser]])
  const taken = new Set([skeleton(ofEndUser)])
  for (const { speaker } of history) {
    if ((speaker.type !== 'user' && speaker.type !== 'agent') || labels.has(speaker.userId)) continue
    const { userId } = speaker
    const name = names.get(userId)
    const plain = speaker.type === 'agent' ? agentLabel(name) : (personLabel(name) ?? namelessLabel(userId))
    const label = speaker.type === 'user' && taken.has(skeleton(plain)) ? withId(plain, userId) : plain
    labels.set(userId, label)
    taken.add(skeleton(label))
  }
  return labels
}

/** The name of a detail. In quotes if it could be taken for somebody who speaks, or for a heading. */
export const fieldLabel = (name: string, labels: Labels): string => {
  const label = labelText(name, maxFieldNameCharacters)
  const isOdd = looksLikeRole(label) || isHeading(label) || isSpeaker(label, labels) || mixesAlphabets(label)
  return isOdd ? `“${label}”` : label
}

const isSpeaker = (label: string, labels: Labels): boolean =>
  label.length <= maxHeading && [...labels.values()].some((each) => skeleton(each) === skeleton(label))

const labelText = (name: string, max: number): string => shortLabel(cleanLabel(name).replace(colonsAndMarks, ' '), max)

/** Colons, bars, and all brackets. Round and curly brackets stay, because no label of ours has them at its ends. */
const colonsAndMarks = new RegExp(
  `(?![(){}\uFF08\uFF09\uFF5B\uFF5D])[${colons}|\u2502\u2503\u00A6\uFF5C\u23D0\u2758\u2223\u239B-\u23AD\\p{Ps}\\p{Pe}]`,
  'gu',
)

const roles = ['bot', 'chatbot', 'agent', 'customer', 'system', 'botpress', 'livechat', 'somebody']
const roleSkeletons = new Set(roles.map(skeleton))

/** Whether a name is that of a role, or looks like it: "B o t", "Воt". */
export const isRole = (name: string): boolean => name.length <= maxHeading && roleSkeletons.has(skeleton(name))

/** Whether a name is, or has a word that is, the name of a role. */
const looksLikeRole = (label: string): boolean =>
  isRole(label) || label.split(/[^\p{L}\p{N}\p{M}\p{So}@$!]+/u).some((word) => isRole(word))

const headings = new Set(
  [agentTexts.conversation, agentTexts.earlierSession, agentTexts.sinceThen, agentTexts.opening].map(skeleton),
)
const isHeading = (label: string): boolean => label.length <= maxHeading && headings.has(skeleton(label))
/** Roles, names and headings are shorter. */
const maxHeading = 100

const ownFields = new Set([agentTexts.phone, agentTexts.language, agentTexts.tags].map(skeleton))
const looksLikeHeading = (label: string): boolean => isHeading(label) || ownFields.has(skeleton(label))

/**
 * Somebody's words in the briefing. Only the first line stands after the label. Leaves out blank lines of what a flow
 * has written, to save room.
 */
export const quoteWords = (words: string, isTyped: boolean): string =>
  linesOf(words)
    .filter((line) => isTyped || line !== '')
    .map(isolate)
    .join(`\n${continued}`)

/**
 * A text of the bot's flow in the briefing, such as its description. It may hold words of anybody, so if a line of it
 * could be taken for somebody's line or for a heading, all lines are marked.
 */
export const quoteText = (text: string, labels: Labels): string => {
  const lines = linesOf(text)
  const starts = lines.map((line) => withoutInvisibles(line).trimStart().slice(0, maxLabelLine))
  const isOdd =
    lines.length > 1 ? looksLabelled : (start: string) => looksLabelled(start) && isKnownLabel(start, labels)
  const mark = lines.length > maxJudgedLines || starts.some(isOdd) ? continued : ''
  return lines.map((line) => mark + isolate(line)).join('\n')
}

/** A colon near the beginning, except in an address or a time; or a heading. */
const looksLabelled = (start: string): boolean =>
  start.startsWith(continued.trim()) || colonOfLabel.test(start) || isHeading(start)
const colonOfLabel = new RegExp(`[${colons}](?!\\d|//)`)
const maxLabelLine = 100
/** To judge each of thousands of lines takes too long. */
const maxJudgedLines = 500

const isKnownLabel = (start: string, labels: Labels): boolean => {
  const [label = ''] = start.split(colonOfLabel)
  return start.startsWith(continued.trim()) || looksLikeRole(label) || isHeading(label) || isSpeaker(label, labels)
}
