import { agentTexts } from './agent-texts'
import type { HistoryEntry, Speaker } from './history'
import { markdownToText } from './markdown-to-text'
import { labelledAddress, mediaLine } from './media-line'
import { maxTextBytes } from './outgoing-events'
import { describeLocation } from './outgoing-parts'
import { findPicks, type PickedOptions } from './picked-options'
import { plainLabel, shortLabel } from './plain-label'
import { withoutKeys } from './safe-address'
import type { Card, Media, Option, Said } from './said'
import { conversationOf } from './shown-history'
import { cutEntries, cutText } from './shorten'
import { fieldLabel, labelsOf, quoteText, quoteWords, type Labels } from './speakers'
import { showAutolinksOnce } from './words'

export type Briefing = {
  title: unknown
  description: unknown
  /** Details that the bot gives about the session, by name. */
  fields: Record<string, string>
  history: readonly HistoryEntry[]
  /** Botpress id of the session's end user. */
  endUserId: string
  /** Display names by Botpress user id. */
  names: ReadonlyMap<string, string>
}

/** LiveChat's limit for one event, less the label that the bot's words may need. */
const maxBytes = maxTextBytes - 50
/** A conversation keeps at least this much, however long the rest is. */
const minTranscriptBytes = 2_000
/** An earlier session is only background. */
const maxEarlierBytes = 3_000
const maxEntryCharacters = 1_500
const maxLastWordsCharacters = 500

/**
 * Composes the first message to the agent: what it is about, the end user's last words, the details, then the
 * conversation with the speaker before each entry. A long entry or a long conversation loses its middle; a count says
 * how much is missing.
 */
export const composeBriefing = ({ title, description, fields, history, endUserId, names }: Briefing): string => {
  const labels = labelsOf(history, names, endUserId)
  const { earlier, recent } = conversationOf(history)
  const picks = findPicks(history)
  const write = (entry: HistoryEntry, max = maxEntryCharacters): string => lineOf(entry, labels, picks, max)

  const about = [plainLabel(readable(title)), readable(description)]
    .map((text) => quoteText(text, labels))
    .filter((text) => text !== '')
  const last = lastWords(recent, endUserId, picks)
  const lastLine = last && !repeats(about, last) ? write(last, maxLastWordsCharacters) : undefined
  const facts = Object.entries(fields).flatMap(([name, value]) => factLine(name, value, labels))
  const head = [
    [...(about.length > 0 ? about : [agentTexts.opening]), ...(lastLine === undefined ? [] : [lastLine])].join('\n'),
    ...(facts.length > 0 ? [facts.join('\n')] : []),
  ]
  const shown = lastLine === undefined ? recent : withoutRepetition(recent, last, labels)
  const recentLines = shown.map((entry) => (typeof entry === 'string' ? entry : write(entry)))
  const earlierLines = cutEntries(
    earlier.map((entry) => write(entry)),
    maxEarlierBytes,
    agentTexts.messagesLeftOut,
  )
  const background = section(agentTexts.earlierSession, earlierLines)
  const used = Buffer.byteLength([...head, ...background].join('\n\n')) + agentTexts.conversation.length + 4
  const room = Math.max(minTranscriptBytes, maxBytes - used)
  const heading = background.length > 0 ? agentTexts.sinceThen : agentTexts.conversation
  const conversation = section(heading, cutEntries(recentLines, room, agentTexts.messagesLeftOut))
  return [...head, ...background, ...conversation].join('\n\n')
}

const section = (heading: string, lines: string[]): string[] =>
  lines.length > 0 ? [[heading, ...lines].join('\n')] : []

const readable = (given: unknown): string =>
  typeof given === 'string' && given.trim() !== '' ? withoutKeys(markdownToText(given)) : ''

const factLine = (name: string, value: string, labels: Labels): string[] => {
  const told = plainLabel(withoutKeys(value))
  return told === '' ? [] : [`${fieldLabel(name, labels)}: ${told}`]
}

/** What the end user said last, in words. Somebody else's last words if the end user has said nothing. */
const lastWords = (
  entries: readonly HistoryEntry[],
  endUserId: string,
  { meaning }: PickedOptions,
): HistoryEntry | undefined => {
  // A picked option says nothing without its question.
  const worded = entries.filter(
    (entry) => entry.speaker.type === 'user' && entry.said[0]?.kind === 'text' && !meaning.has(entry),
  )
  return worded.findLast(({ speaker }) => speaker.type === 'user' && speaker.userId === endUserId) ?? worded.at(-1)
}

/** Whether the title or description has the words already: many flows fill them with what the end user said. */
const repeats = (about: string[], { said }: HistoryEntry): boolean => {
  const [first] = said
  const words = first?.kind === 'text' ? first.text.trim() : ''
  return words !== '' && about.some((text) => text.includes(words))
}

/** Where the last words end the conversation, they are not repeated. Elsewhere only short ones are. */
const withoutRepetition = (
  entries: readonly HistoryEntry[],
  last: HistoryEntry | undefined,
  labels: Labels,
): (HistoryEntry | string)[] =>
  entries.flatMap((entry, index): (HistoryEntry | string)[] => {
    if (entry !== last) return [entry]
    if (index === entries.length - 1) return []
    return isShort(entry) ? [entry] : [`${labelOf(entry.speaker, labels)}: ${agentTexts.seeAbove}`]
  })

const isShort = ({ said: [first] }: HistoryEntry): boolean =>
  first?.kind === 'text' && first.text.length <= maxRepeatedCharacters
const maxRepeatedCharacters = 200

const labelOf = (speaker: Speaker, labels: Labels): string =>
  speaker.type === 'bot' || speaker.type === 'plugin'
    ? agentTexts.bot
    : (labels.get(speaker.userId) ?? agentTexts.somebody)

const lineOf = (entry: HistoryEntry, labels: Labels, picks: PickedOptions, max: number): string => {
  const isPerson = entry.speaker.type === 'user'
  const meaning = picks.meaning.get(entry)
  const share = Math.ceil(max / Math.max(1, entry.said.length))
  const words =
    meaning === undefined
      ? entry.said.map((said) => describe(said, isPerson, picks, share)).join('\n')
      : cutWords(withoutKeys(meaning), max)
  return `${labelOf(entry.speaker, labels)}: ${quoteWords(words)}`
}

const cutWords = (words: string, max: number): string => cutText(words, max, agentTexts.charactersLeftOut)

/** Makes a part of an entry readable and short. The line of a file is not cut, because its link works only whole. */
const describe = (said: Said, isPerson: boolean, picks: PickedOptions, max: number): string => {
  if (said.kind === 'media') return mediaLine(said)
  const words = describeWords(said, isPerson, picks)
  // What an end user types stays as typed.
  return cutWords(isPerson ? words : withoutKeys(words), max)
}

/** Of plain texts, only the bot's are read as Markdown; an end user's stay as typed. */
const describeWords = (said: Exclude<Said, Media>, isPerson: boolean, picks: PickedOptions): string => {
  switch (said.kind) {
    case 'text':
      return isPerson ? showAutolinksOnce(said.text) : markdownToText(said.text)
    case 'markdown':
      return markdownToText(said.text)
    case 'location':
      return describeLocation(said.location)
    case 'cards':
      return describeCards(said.cards, picks)
    case 'choice':
      return [markdownToText(said.text), offer(said.options, picks)].filter((text) => text !== '').join(' ')
    case 'unknown':
      return agentTexts.cannotBeShown
  }
}

/** More cards than this are only counted. */
const maxCards = 5

const describeCards = (cards: Card[], picks: PickedOptions): string => {
  const isPicked = ({ options }: Card): boolean => options.some((option) => picks.picked.has(option))
  const shown = cards.filter((card, index) => index < maxCards || isPicked(card))
  const lines = shown.map((card) => describeCard(card, picks))
  return [...lines, ...(shown.length < cards.length ? [agentTexts.more(cards.length - shown.length)] : [])].join('\n')
}

const describeCard = ({ title, subtitle, links, options }: Card, picks: PickedOptions): string =>
  [
    plainLabel(markdownToText(title)),
    ...(subtitle === undefined ? [] : [plainLabel(markdownToText(subtitle))]),
    ...links.map(({ label, value }) => labelledAddress(shortLabel(label, maxLabelCharacters), value)),
    offer(options, picks),
  ]
    .filter((text) => text !== '')
    .join(' – ')

const maxLabelCharacters = 60
/** More options than this are only counted, except the one that was picked. */
const maxOptions = 6

/** What was offered, in one short line, and what was picked of it. */
const offer = (options: Option[], { picked }: PickedOptions): string => {
  if (options.length === 0) return ''
  const shown = options.filter((option, index) => index < maxOptions || picked.has(option))
  const labels = shown.map((option) => {
    const label = shortLabel(option.label, maxLabelCharacters)
    return picked.has(option) ? agentTexts.picked(label) : label
  })
  const more = shown.length < options.length ? [agentTexts.more(options.length - shown.length)] : []
  return `[${[...labels, ...more].join(' / ')}]`
}
