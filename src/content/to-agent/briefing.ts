import type { MessageHistoryEntry } from '../../bp'
import { agentTexts } from './agent-texts'
import { markdownToText } from './markdown-to-text'
import { labelledAddress, mediaLine, pictureLine } from './media-line'
import { describeLocation } from './outgoing-parts'
import { findPicks, type PickedOptions } from './picked-options'
import { withoutKeys } from './safe-address'
import { cutEntries, cutText } from './shorten'

export type Briefing = {
  title: string | undefined
  description: string | undefined
  /** Details that the bot gives about the session, by name. */
  fields: Record<string, string>
  history: MessageHistoryEntry[]
  /** Display names by Botpress user id. Users without a name appear as "Customer". */
  names: ReadonlyMap<string, string>
}

/** Leaves room for a usual title and description, so that the briefing fits into one LiveChat event (16 KB). */
const maxTranscriptBytes = 12_000
const maxEntryCharacters = 1_500

/**
 * Composes the first message to the agent: the subject, the details, then the conversation with the speaker before each
 * entry. A long entry or a long conversation loses its middle; a count says how much is missing.
 */
export const composeBriefing = ({ title, description, fields, history, names }: Briefing): string => {
  const about = [title, description].map((text) => text?.trim()).filter((text) => text)
  const facts = Object.entries(fields).flatMap(([name, value]) => (value.trim() ? [`${name}: ${value.trim()}`] : []))
  const picks = findPicks(history)
  const lines = history.map((entry) => {
    const said = describe(entry, picks)
    return `${speaker(entry.source, names)}: ${said}`
  })
  const transcript = cutEntries(lines, maxTranscriptBytes, agentTexts.messagesLeftOut)
  const sections = [
    about.length > 0 ? withoutKeys(about.join('\n')) : agentTexts.opening,
    ...(facts.length > 0 ? [withoutKeys(facts.join('\n'))] : []),
    ...(transcript.length > 0 ? [[agentTexts.conversation, ...transcript].join('\n')] : []),
  ]
  return sections.join('\n\n')
}

const speaker = (source: MessageHistoryEntry['source'], names: ReadonlyMap<string, string>): string =>
  source.type === 'bot' ? agentTexts.bot : (names.get(source.userId) ?? agentTexts.nameless)

/** Makes an entry readable and short. The line of a file is not cut, because its link works only whole. */
const describe = (entry: MessageHistoryEntry, picks: PickedOptions, max = maxEntryCharacters): string => {
  switch (entry.type) {
    case 'image':
      return mediaLine('image', entry.payload.imageUrl, entry.payload)
    case 'audio':
      return mediaLine('audio', entry.payload.audioUrl, entry.payload)
    case 'video':
      return mediaLine('video', entry.payload.videoUrl, entry.payload)
    case 'file':
      return mediaLine('file', entry.payload.fileUrl, entry.payload)
    case 'bloc': {
      const { items } = entry.payload
      const share = Math.ceil(max / Math.max(1, items.length))
      return items.map((item) => describe({ ...item, source: entry.source }, picks, share)).join('\n')
    }
    default: {
      const words = describeWords(entry, picks)
      // What an end user types stays as typed.
      return cutText(entry.source.type === 'bot' ? withoutKeys(words) : words, max, agentTexts.charactersLeftOut)
    }
  }
}

type WordsEntry = Exclude<MessageHistoryEntry, { type: 'image' | 'audio' | 'video' | 'file' | 'bloc' }>

/** Of plain texts, only the bot's are read as Markdown; an end user's stay as typed. */
const describeWords = (entry: WordsEntry, picks: PickedOptions): string => {
  switch (entry.type) {
    case 'text':
      if (entry.source.type === 'bot') return markdownToText(entry.payload.text)
      return picks.meaning.get(entry) ?? entry.payload.text
    case 'markdown':
      return markdownToText(entry.payload.markdown)
    case 'location':
      return describeLocation(entry.payload)
    case 'card':
      return describeCard(entry.payload, picks)
    case 'carousel':
      return entry.payload.items.map((card) => describeCard(card, picks)).join('\n')
    case 'choice':
    case 'dropdown':
      return [entry.payload.text, ...entry.payload.options.map((option) => optionLine(option, picks))].join('\n')
  }
}

type Card = Extract<MessageHistoryEntry, { type: 'card' }>['payload']

const describeCard = ({ title, subtitle, imageUrl, actions }: Card, picks: PickedOptions): string =>
  [
    title,
    ...(subtitle ? [subtitle] : []),
    ...(imageUrl ? [pictureLine(imageUrl)] : []),
    ...actions.map((each) =>
      each.action === 'url' ? labelledAddress(`  • ${each.label}`, each.value) : optionLine(each, picks),
    ),
  ].join('\n')

const optionLine = (option: { label: string; value: string }, { picked }: PickedOptions): string =>
  `  • ${picked.has(option) ? agentTexts.picked(option.label) : option.label}`
