import { agentTexts } from '../agent-texts'
import { cleanLabel } from '../labels/clean-label'
import type { HistoryEntry, Speaker } from '../history'
import { markdownToText } from '../texts/markdown-to-text'
import { labelledAddress, mediaLine } from '../media-line'
import { describeLocation } from '../outgoing-parts'
import type { PickedOptions } from './picked-options'
import { withoutKeys } from '../addresses/safe-address'
import type { Card, Option, Said } from '../said'
import { cutText } from '../texts/shorten'
import { quoteWords, type Labels } from '../labels/speakers'
import { showAutolinksOnce } from '../texts/words'

/** An entry of the history as the agent reads it: who said it, then the words. At most about `max` characters. */
export const lineOf = (entry: HistoryEntry, labels: Labels, picks: PickedOptions, max: number): string => {
  const meaning = picks.meaning.get(entry)
  const share = Math.ceil(max / Math.max(1, entry.said.length))
  const words =
    meaning === undefined
      ? entry.said.map((said) => describe(said, isPerson(entry.speaker), picks, share)).join('\n')
      : cutWords(withoutKeys(meaning), max)
  return `${labelOf(entry.speaker, labels)}: ${quoteWords(words, isPerson(entry.speaker))}`
}

export const labelOf = (speaker: Speaker, labels: Labels): string =>
  speaker.type === 'bot' || speaker.type === 'plugin'
    ? agentTexts.bot
    : (labels.get(speaker.userId) ?? agentTexts.somebody)

const isPerson = ({ type }: Speaker): boolean => type === 'user' || type === 'agent'

/**
 * Converts a text and cuts it to `max` characters. Cuts a much longer text first, so that the time for the conversion
 * does not grow with it.
 */
export const convertShort = (text: string, max: number, convert: (text: string) => string): string => {
  const cleaned = text.length > 4 * max ? withCleanEnds(text, max) : text
  return cleaned.length > 4 * max ? convert(cutWords(cleaned, max)) : cutWords(convert(text), max)
}

/** Removes keys only near the ends of a very long text, because we show only these. */
const withCleanEnds = (text: string, max: number): string => {
  const wordEnd = text.slice(4 * max).search(/\s/)
  const [from, to] = [4 * max + wordEnd, text.length - 4 * max]
  if (wordEnd === -1 || from >= to) return withoutKeys(text)
  // If an address begins in the middle, all of it belongs to the end.
  const start = Math.max(from, Math.max(...[' ', '\n', '\t'].map((blank) => text.lastIndexOf(blank, to))))
  const [head, tail] = [withoutKeys(text.slice(0, from)), withoutKeys(text.slice(start))]
  return head.length > max && tail.length > max ? head + text.slice(from, start) + tail : withoutKeys(text)
}

const cutWords = (words: string, max: number): string => cutText(words, max, agentTexts.charactersLeftOut)

/**
 * Makes a part of an entry readable and short. What people type stays as typed. Removes keys from what a channel, flow
 * or bot fills in. Does not cut the line of a file, because its link works only whole.
 */
const describe = (said: Said, byPerson: boolean, picks: PickedOptions, max: number): string => {
  switch (said.kind) {
    case 'media':
      return mediaLine(said)
    case 'text':
      return byPerson ? typed(said.text, max) : convertShort(said.text, max, readable)
    case 'markdown':
      return convertShort(said.text, max, readable)
    case 'location':
      return convertShort(describeLocation(said.location), max, withoutKeys)
    case 'cards':
      return cutWords(describeCards(said.cards, picks), max)
    case 'choice':
      return [convertShort(said.text, max, readable), offer(said.options, picks)]
        .filter((text) => text !== '')
        .join(' ')
    case 'unknown':
      return agentTexts.cannotBeShown
  }
}

/** Markdown as text, without keys. */
export const readable = (text: string): string => withoutKeys(markdownToText(text))

const typed = (text: string, max: number): string =>
  text.length > 4 * max ? showAutolinksOnce(cutWords(text, max)) : cutWords(showAutolinksOnce(text), max)

/** More cards than this are only counted. */
const maxCards = 5

const describeCards = (cards: Card[], picks: PickedOptions): string => {
  const isPicked = ({ options }: Card): boolean => options.some((option) => picks.picked.has(option))
  const shown = cards.filter((card, index) => index < maxCards || isPicked(card))
  const lines = shown.map((card) => describeCard(card, picks))
  return [...lines, ...(shown.length < cards.length ? [agentTexts.more(cards.length - shown.length)] : [])].join('\n')
}

const describeCard = ({ title, subtitle = '', links, options }: Card, picks: PickedOptions): string =>
  [
    cardText(title),
    cardText(subtitle),
    ...links.map(({ label, value }) => labelledAddress(cleanLabel(label, maxLabelCharacters), value)),
    offer(options, picks),
  ]
    .filter((text) => text !== '')
    .join(' – ')

const cardText = (text: string): string => cleanLabel(convertShort(text, maxCardCharacters, readable))
const maxCardCharacters = 500
const maxLabelCharacters = 60
/** More options than this are only counted, except the one that was picked. */
const maxOptions = 6

/** What was offered, in one short line, and what was picked of it. */
const offer = (options: Option[], { picked }: PickedOptions): string => {
  if (options.length === 0) return ''
  const shown = options.filter((option, index) => index < maxOptions || picked.has(option))
  const labels = shown.map((option) => {
    const label = cleanLabel(option.label, maxLabelCharacters)
    return picked.has(option) ? agentTexts.picked(label) : label
  })
  const more = shown.length < options.length ? [agentTexts.more(options.length - shown.length)] : []
  return `[${[...labels, ...more].join(' / ')}]`
}
