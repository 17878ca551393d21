import type { MessageHistoryEntry } from '../bp'
import { describeLocation } from './outgoing-parts'

export type Briefing = {
  title: string | undefined
  description: string | undefined
  history: MessageHistoryEntry[]
  /** Display name by Botpress user id; users without one are called "Customer". */
  names: ReadonlyMap<string, string>
}

/** What the agent reads first: what it is about, then the conversation line by line with who said it. */
export const composeBriefing = ({ title, description, history, names }: Briefing): string => {
  const about = [title, description].map((text) => text?.trim()).filter((text) => text)
  const lines = history.map((entry) => `${speaker(entry.source, names)}: ${describe(entry)}`)
  const sections = [
    about.length > 0 ? about.join('\n') : 'A conversation with the bot was handed over to you.',
    ...(lines.length > 0 ? [['Conversation so far:', ...lines].join('\n')] : []),
  ]
  return sections.join('\n\n')
}

const speaker = (source: MessageHistoryEntry['source'], names: ReadonlyMap<string, string>): string =>
  source.type === 'bot' ? 'Bot' : (names.get(source.userId) ?? 'Customer')

/** One entry of any of the twelve kinds as readable text. */
const describe = (entry: MessageHistoryEntry): string => {
  switch (entry.type) {
    case 'text':
      return entry.payload.text
    case 'markdown':
      return entry.payload.markdown
    case 'image':
      return link('Image', entry.payload.imageUrl, entry.payload.title)
    case 'audio':
      return link('Audio', entry.payload.audioUrl, entry.payload.title)
    case 'video':
      return link('Video', entry.payload.videoUrl, entry.payload.title)
    case 'file':
      return link('File', entry.payload.fileUrl, entry.payload.title)
    case 'location':
      return describeLocation(entry.payload)
    case 'card':
      return describeCard(entry.payload)
    case 'carousel':
      return entry.payload.items.map(describeCard).join('\n')
    case 'choice':
    case 'dropdown':
      return [entry.payload.text, ...entry.payload.options.map(({ label }) => `  • ${label}`)].join('\n')
    case 'bloc':
      return entry.payload.items.map((item) => describe({ ...item, source: entry.source })).join('\n')
  }
}

type Card = Extract<MessageHistoryEntry, { type: 'card' }>['payload']

const describeCard = ({ title, subtitle, imageUrl, actions }: Card): string =>
  [
    title,
    ...(subtitle ? [subtitle] : []),
    ...(imageUrl ? [imageUrl] : []),
    ...actions.map(({ action, label, value }) => (action === 'url' ? `  • ${label}: ${value}` : `  • ${label}`)),
  ].join('\n')

const link = (kind: string, url: string, title: string | undefined): string =>
  title ? `${kind} "${title}": ${url}` : `${kind}: ${url}`
