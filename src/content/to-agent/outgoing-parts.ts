import type { MessageProps } from '../../bp'
import { agentTexts } from './agent-texts'
import type { FileClaims } from './files/file-name'
import { markdownToText } from './texts/markdown-to-text'
import { claimsOf } from './media-line'
import { fieldsOf } from '../../shared/fields'
import { withoutKeys } from './addresses/safe-address'
import { listOf, readSaid, type Card, type Location, type Said } from './said'

/** One part of a message to the agent. */
export type OutgoingPart = { kind: 'text'; text: string } | ({ kind: 'media' } & FileClaims)

type Convert = (payload: unknown, by?: 'bot' | 'customer') => OutgoingPart[]

/**
 * Converts each message type of channel `hitl` into its parts, in order. Ignores all other fields of the payload. Reads
 * only the bot's plain texts as Markdown; what people type stays as it is. Removes keys from everything else.
 */
export const partsOf: { [K in keyof MessageProps]: Convert } = {
  text: (payload, by) => toParts('text', payload, by),
  image: (payload, by) => toParts('image', payload, by),
  audio: (payload, by) => toParts('audio', payload, by),
  video: (payload, by) => toParts('video', payload, by),
  file: (payload, by) => toParts('file', payload, by),
  bloc: (payload, by) => toParts('bloc', payload, by),
}

const toParts = (type: string, payload: unknown, by: 'bot' | 'customer' = 'customer'): OutgoingPart[] => {
  const parts = joinTexts(readSaid(type, payload).map((said) => toPart(said, by)))
  const isEmptyBloc = type === 'bloc' && listOf(fieldsOf(payload)['items']).length === 0
  return parts.length > 0 || isEmptyBloc ? parts : [{ kind: 'text', text: agentTexts.cannotBeShown }]
}

const toPart = (said: Said, by: 'bot' | 'customer'): OutgoingPart => {
  const text = (words: string): OutgoingPart => ({ kind: 'text', text: words })
  switch (said.kind) {
    case 'text':
      return text(by === 'bot' ? withoutKeys(markdownToText(said.text)) : said.text)
    case 'markdown':
      return text(withoutKeys(markdownToText(said.text)))
    case 'media':
      return { kind: 'media', ...claimsOf(said) }
    case 'location':
      return text(withoutKeys(describeLocation(said.location)))
    case 'cards':
      return text(withoutKeys(said.cards.map(describeCard).join('\n')))
    case 'choice':
      return text(withoutKeys([said.text, ...said.options.map(({ label }) => `  • ${label}`)].join('\n')))
    case 'unknown':
      return text(agentTexts.cannotBeShown)
  }
}

const describeCard = ({ title, subtitle, links, options }: Card): string =>
  [title, subtitle, ...[...links, ...options].map(({ label }) => `  • ${label}`)].filter((line) => line).join('\n')

/** A location as readable text: its name and address, then a link to a map. */
export const describeLocation = ({ latitude, longitude, title, address }: Location): string => {
  const isOnMap = latitude !== undefined && longitude !== undefined
  return [title, address, isOnMap ? `https://www.google.com/maps?q=${latitude},${longitude}` : undefined]
    .filter((line) => line)
    .join('\n')
}

/** Joins neighbouring texts, so that the agent gets one event, and one notification, for them. */
const joinTexts = (parts: OutgoingPart[]): OutgoingPart[] => {
  const joined: OutgoingPart[] = []
  for (const part of parts) {
    const last = joined.at(-1)
    if (part.kind === 'text' && last?.kind === 'text')
      joined[joined.length - 1] = { kind: 'text', text: `${last.text}\n${part.text}` }
    else joined.push(part)
  }
  return joined
}
