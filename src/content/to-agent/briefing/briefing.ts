import { agentTexts } from '../agent-texts'
import { cleanLabel } from '../labels/clean-label'
import { convertShort, labelOf, lineOf, readable } from './entry-lines'
import type { HistoryEntry } from '../history'
import { isSame, lastWordsOf, saysWords, wordsOf } from './last-words'
import { asText, saysNothing } from './odd-values'
import { maxTextBytes } from '../outgoing-events'
import { findPicks } from './picked-options'
import { plainLabel } from '../labels/plain-label'
import { conversationOf } from './shown-history'
import { cutEntries } from '../texts/shorten'
import { fieldLabel, labelsOf, quoteText, type Labels } from '../labels/speakers'

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

/** LiveChat's limit for one event, minus the label that the bot's words may need. */
const maxBytes = maxTextBytes - 50
/** The conversation gets at least this much, even if the rest is long. */
const minTranscriptBytes = 2_000
/** An earlier session is only background. */
const maxEarlierBytes = 3_000
const maxEntryCharacters = 1_500
const maxLastWordsCharacters = 500
/** An agent can read a conversation of so many entries at a glance. */
const fewEntries = 6
const shortWords = 20
/** Longer ones would hide the conversation, and nobody reads them. */
const maxTitleCharacters = 5_000
const maxDescriptionCharacters = 30_000
const maxFieldCharacters = 5_000
const maxFieldsCharacters = 30_000

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

  const last = lastWordsOf(recent, endUserId, picks)
  const given = [plainLabel(textOf(title, maxTitleCharacters)), textOf(description, maxDescriptionCharacters)].filter(
    (text) => text !== '',
  )
  // Many flows fill in what the end user said. Then we show it only once, with the speaker.
  const about = given.filter((text) => last === undefined || !isSame(text, last))
  const isTold = last === undefined || about.some((text) => saysWords(text, last))
  // If the end user only wrote "Agent", this does not say what they want.
  const isBare = about.length === 0 && recent.length > fewEntries && last && wordsOf(last).length < shortWords
  const before = isBare ? lastWordsOf(recent.slice(0, recent.indexOf(last)), endUserId, picks) : undefined
  const head = [
    ...(given.length > 0 ? about.map((text) => quoteText(text, labels)) : [agentTexts.opening]),
    ...(before ? [write(before, maxLastWordsCharacters)] : []),
    ...(isTold ? [] : [write(last, maxLastWordsCharacters)]),
  ].join('\n')
  const facts = factLines(fields, labels)

  const shown = isTold ? recent : withoutRepetition(recent, last, labels)
  const recentLines = shown.map((entry) => (typeof entry === 'string' ? entry : write(entry)))
  const earlierLines = cutEntries(
    earlier.map((entry) => write(entry)),
    maxEarlierBytes,
    agentTexts.messagesLeftOut,
  )
  const start = [
    head,
    ...(facts.length > 0 ? [facts.join('\n')] : []),
    ...section(agentTexts.earlierSession, earlierLines),
  ]
  const room = maxBytes - Buffer.byteLength(start.join('\n\n')) - agentTexts.conversation.length - 4
  const heading = earlierLines.length > 0 ? agentTexts.sinceThen : agentTexts.conversation
  const lines = cutEntries(recentLines, Math.max(minTranscriptBytes, room), agentTexts.messagesLeftOut)
  return [...start, ...section(heading, lines)].join('\n\n')
}

const section = (heading: string, lines: string[]): string[] =>
  lines.length > 0 ? [[heading, ...lines].join('\n')] : []

const textOf = (given: unknown, max: number): string => {
  const text = asText(given) ?? ''
  return saysNothing(text) ? '' : convertShort(text, max, readable)
}

/** The details, as many as fit. A count says how many are missing. */
const factLines = (fields: Record<string, string>, labels: Labels): string[] => {
  const lines = Object.entries(fields).flatMap(([name, value]) => {
    const told = cleanLabel(value, maxFieldCharacters)
    return told === '' ? [] : [`${fieldLabel(name, labels)}: ${told}`]
  })
  let characters = 0
  const over = lines.findIndex((line) => (characters += line.length) > maxFieldsCharacters)
  return over === -1 ? lines : [...lines.slice(0, over), agentTexts.more(lines.length - over)]
}

/** We do not repeat the last words at the end of the conversation. At other places, we repeat only short ones. */
const withoutRepetition = (
  entries: readonly HistoryEntry[],
  last: HistoryEntry,
  labels: Labels,
): (HistoryEntry | string)[] =>
  entries.flatMap((entry, index): (HistoryEntry | string)[] => {
    if (entry !== last) return [entry]
    if (index === entries.length - 1) return []
    return wordsOf(entry).length <= maxRepeatedCharacters
      ? [entry]
      : [`${labelOf(entry.speaker, labels)}: ${agentTexts.seeAbove}`]
  })
const maxRepeatedCharacters = 200
