import type { MessageHistoryEntry } from '../../bp'
import { agentTexts } from './agent-texts'
import { markdownToText } from './markdown-to-text'
import { describeLocation } from './outgoing-parts'
import { findPicks, type PickedOptions } from './picked-options'
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
    const said = cutText(describe(entry, picks), maxEntryCharacters, agentTexts.charactersLeftOut)
    return `${speaker(entry.source, names)}: ${said}`
  })
  const transcript = cutEntries(lines, maxTranscriptBytes, agentTexts.messagesLeftOut)
  const sections = [
    about.length > 0 ? about.join('\n') : agentTexts.opening,
    ...(facts.length > 0 ? [facts.join('\n')] : []),
    ...(transcript.length > 0 ? [[agentTexts.conversation, ...transcript].join('\n')] : []),
  ]
  return sections.join('\n\n')
}

const speaker = (source: MessageHistoryEntry['source'], names: ReadonlyMap<string, string>): string =>
  source.type === 'bot' ? agentTexts.bot : (names.get(source.userId) ?? agentTexts.nameless)

/** Makes an entry readable. Of plain texts, only the bot's are read as Markdown; an end user's stay as typed. */
const describe = (entry: MessageHistoryEntry, picks: PickedOptions): string => {
  switch (entry.type) {
    case 'text':
      if (entry.source.type === 'bot') return markdownToText(entry.payload.text)
      return picks.meaning.get(entry) ?? entry.payload.text
    case 'markdown':
      return markdownToText(entry.payload.markdown)
    case 'image':
      return link('image', entry.payload.imageUrl, entry.payload.title)
    case 'audio':
      return link('audio', entry.payload.audioUrl, entry.payload.title)
    case 'video':
      return link('video', entry.payload.videoUrl, entry.payload.title)
    case 'file':
      return link('file', entry.payload.fileUrl, entry.payload.title)
    case 'location':
      return describeLocation(entry.payload)
    case 'card':
      return describeCard(entry.payload, picks)
    case 'carousel':
      return entry.payload.items.map((card) => describeCard(card, picks)).join('\n')
    case 'choice':
    case 'dropdown':
      return [entry.payload.text, ...entry.payload.options.map((option) => optionLine(option, picks))].join('\n')
    case 'bloc':
      return entry.payload.items.map((item) => describe({ ...item, source: entry.source }, picks)).join('\n')
  }
}

type Card = Extract<MessageHistoryEntry, { type: 'card' }>['payload']

const describeCard = ({ title, subtitle, imageUrl, actions }: Card, picks: PickedOptions): string =>
  [
    title,
    ...(subtitle ? [subtitle] : []),
    ...(imageUrl ? [imageUrl] : []),
    ...actions.map((each) => (each.action === 'url' ? `  • ${each.label}: ${each.value}` : optionLine(each, picks))),
  ].join('\n')

const optionLine = (option: { label: string; value: string }, { picked }: PickedOptions): string =>
  `  • ${picked.has(option) ? agentTexts.picked(option.label) : option.label}`

const link = (kind: keyof typeof agentTexts.mediaKinds, url: string, title: string | undefined): string =>
  title ? `${agentTexts.mediaKinds[kind]} "${title}": ${url}` : `${agentTexts.mediaKinds[kind]}: ${url}`
