import type { RichBlockMessage } from '@botpress/webchat'
import type { PersonView } from '../../control/views'
import { lastName } from '../format'
import { toBlock } from './blocks'

const ASIDE = { me: 'outgoing', bot: 'incoming' } as const
const BOT_COLOR = '#245bd1'
const AGENT_COLOR = '#1d7a46'

/** Agents look different from the bot, as they would with pictures of their own. */
const senderOf = (from: string): { name: string; avatar: string } =>
  from === 'bot'
    ? { name: 'Kettle & Co.', avatar: letterAvatar('K', BOT_COLOR) }
    : { name: from, avatar: letterAvatar(lastName(from).charAt(0), AGENT_COLOR) }

const letterAvatar = (letter: string, color: string): string =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" fill="${color}"/>` +
      `<text x="16" y="21.5" font-family="sans-serif" font-size="15" fill="#fff" text-anchor="middle">${letter}</text></svg>`,
  )}`

/**
 * Everything that this end user sees, for the webchat's list. Lines are only added, so their number can be their id.
 */
export const toMessages = (person: PersonView): RichBlockMessage[] =>
  person.messages.map(({ from, type, payload, atMs }, index) => ({
    id: `${person.id}-${index}`,
    timestamp: new Date(atMs),
    block: toBlock(type, payload),
    direction: from === 'me' ? ASIDE.me : ASIDE.bot,
    sender: from === 'me' ? { name: person.name } : senderOf(from),
    authorId: from,
    metadata: { delivered: true },
  }))
