import { agentTexts } from './agent-texts'
import type { HistoryEntry } from './history'
import { plainLabel, shortLabel } from './plain-label'
import { isolate, linesOf } from './words'

/**
 * Who speaks must be unforgeable in what an agent reads. In the briefing, a line of somebody begins with a label and a
 * colon, and each further line of the same words with `continued`. Live, words that are not simply the customer's begin
 * with a label in brackets. So no name holds a colon, a bracket or the mark, and no words can stand where a label does.
 */
const continued = '│ '

const maxNameCharacters = 60

/** A name as a label. `undefined` if nothing of it is left. A name that could be taken for a role is put in quotes. */
export const personLabel = (name: string | undefined): string | undefined => {
  const label = labelText(name ?? '')
  if (label === '') return undefined
  return looksLikeRole(label) ? agentTexts.customerNamed(label) : label
}

/** An agent's name as a label. Without a name, only that an agent speaks. */
export const agentLabel = (name: string | undefined): string => {
  const label = labelText(name ?? '')
  if (label === '') return agentTexts.agent
  return label.toLowerCase().startsWith(`${agentTexts.agent.toLowerCase()} `) ? label : `${agentTexts.agent} ${label}`
}

/** The label of somebody without a name who is not the session's end user. The end of an id tells two of them apart. */
export const namelessLabel = (userId: string): string => withId(agentTexts.nameless, userId)

/** A label that another speaker has already, with the end of an id. */
export const withId = (label: string, userId: string): string => {
  const end = userId.replace(/[^\p{L}\p{N}]/gu, '').slice(-4)
  return end === '' ? agentTexts.somebody : `${label} (${end})`
}

/** Two labels that an agent could not tell apart have the same skeleton. */
export const skeleton = (label: string): string =>
  label
    .normalize('NFKD')
    .toLowerCase()
    .replace(/./gsu, (character) => lookalikes.get(character) ?? character)
    .replace(/[^\p{L}\p{N}]/gu, '')

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

/** The name of a detail. In quotes if it could be taken for somebody who speaks. */
export const fieldLabel = (name: string, labels: Labels): string => {
  const label = plainLabel(name.replace(colonsAndMarks, ' '))
  return looksLikeRole(label) || isSpeaker(label, labels) ? `“${label}”` : label
}

const isSpeaker = (label: string, labels: Labels): boolean =>
  [...labels.values()].some((each) => skeleton(each) === skeleton(label))

const labelText = (name: string): string => shortLabel(name.replace(colonsAndMarks, ' '), maxNameCharacters)

const colons = ':\uFF1A\uFE55\uFE13\u2236\uA789\u02D0\u02F8\u0589\u05C3\u0703\u0704\u205A\u16EC\uFE30'
const opening = '[\uFF3B\u3010\u27E6\u301A\u3014\u3016\u2045\u2772\uFE5D'
const closing = '\\]\uFF3D\u3011\u27E7\u301B\u3015\u3017\u2046\u2773\uFE5E'
const colonsAndMarks = new RegExp(`[${colons}|\u2502\u2503\u00A6\uFF5C\\${opening}${closing}]`, 'g')

/** Letters of other alphabets, digits and signs that look like the letters of the roles. */
const lookalikes = new Map<string, string>()
for (const [letter, others] of Object.entries({
  a: 'аαɑ@4',
  b: 'вβьƅ8',
  c: 'сϲ',
  e: 'еεё3',
  g: 'ɡ9',
  i: 'іι1l|!',
  m: 'мμ',
  n: 'нηոп',
  o: 'оοօ0σ',
  s: 'ѕ5$',
  t: 'тτ7',
  u: 'уυγ',
}))
  for (const other of others) lookalikes.set(other, letter)

const roles = ['bot', 'chatbot', 'agent', 'customer', 'system', 'botpress', 'livechat', 'somebody']
const roleSkeletons = new Set(roles.map(skeleton))

/** Whether a name is, or has a word that looks like, the name of a role: "Bot", "The Bot", "B o t", "Воt". */
const looksLikeRole = (label: string): boolean =>
  roleSkeletons.has(skeleton(label)) ||
  label.split(/[^\p{L}\p{N}\p{M}@$!]+/u).some((word) => roleSkeletons.has(skeleton(word)))

/** Somebody's words in the briefing. Only the first line can stand behind a label. */
export const quoteWords = (words: string): string => linesOf(words).map(isolate).join(`\n${continued}`)

/**
 * A text of the bot's flow in the briefing, such as its description. It may hold words of anybody, so if a line of it
 * could be taken for somebody's line or for a heading, all lines are marked.
 */
export const quoteText = (text: string, labels: Labels): string => {
  const lines = linesOf(text).map(isolate)
  const isOdd = lines.length > 1 ? looksLabelled : (line: string) => looksLabelled(line) && isKnownLabel(line, labels)
  return lines.some(isOdd) ? lines.map((line) => `${continued}${line}`).join('\n') : lines.join('\n')
}

/** A colon near the beginning, except in an address or a time. */
const looksLabelled = (line: string): boolean =>
  line.startsWith(continued.trim()) || colonOfLabel.test(line.slice(0, maxLabelLine))
const colonOfLabel = new RegExp(`[${colons}](?!\\d|//)`)
const maxLabelLine = 100

const isKnownLabel = (line: string, labels: Labels): boolean => {
  const [start = ''] = line.slice(0, maxLabelLine).split(colonOfLabel)
  return line.startsWith(continued.trim()) || looksLikeRole(start) || isSpeaker(start, labels)
}

/** Live words of somebody other than the session's end user, in which no line looks like a label (`guardLabels`). */
export const labelled = (words: string, label: string): string =>
  `[${label}] ${words.split('\n').map(isolate).join('\n')}`

/**
 * Live words in which a line looks like somebody's label, such as `[Bot] …`. Such a line gets the label of who said it.
 * All other words stay as they are.
 * @param isBotUnlabelled the bot's own words carry no label here, so `[Bot]` misleads nobody
 */
export const guardLabels = (words: string, label: string, isBotUnlabelled = false): string =>
  looksBracketed(words)
    ? words.replace(labelStarts, (start: string, at: number) =>
        isBotUnlabelled && botLabel.test(words.slice(at + start.length, at + start.length + 10))
          ? start
          : `[${label}] ${start}`,
      )
    : words

const botLabel = /^\s*bot\s*\]/i

const looksBracketed = (words: string): boolean => anyOpening.test(words)
const anyOpening = new RegExp(`[\\${opening}]`)

const breaks = '\\n\\r\\v\\f\\x85\\u2028\\u2029'
const inBrackets = `[^${closing}${breaks}]`
/** A bracket at the beginning of a line, with at least two letters in it, that begins no link and no list of boxes. */
const labelStarts = new RegExp(
  `(?<=^|[${breaks}])(?:(?![${breaks}])[\\s\\p{Cf}\\p{Cc}\\p{M}])*[\\${opening}]` +
    `(?=${inBrackets}{2,80}[${closing}](?!\\())(?=${inBrackets}*\\p{L}${inBrackets}*\\p{L})`,
  'gu',
)

/** Whether words begin like a label. */
export const beginsLikeLabel = (words: string): boolean => guardLabels(words.slice(0, 300), '').startsWith('[] ')
