import type { RichBlockMessage } from '@botpress/webchat'
import type { MessageView, PersonView } from '../../control/views'
import { isAgentName, lastName } from '../format'
import { toBlock, type MissingFiles } from './blocks'

const ASIDE = { me: 'outgoing', bot: 'incoming' } as const
const BOT_COLOR = '#245bd1'
const AGENT_COLOR = '#1d7a46'
const OTHER_COLOR = '#6b4a9e'

const avatar = (letter: string, color: string): string =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" fill="${color}"/>` +
      `<text x="16" y="21.5" font-family="sans-serif" font-size="15" fill="#fff" text-anchor="middle">${letter}</text></svg>`,
  )}`

/** Stands for an agent's picture, which lies on LiveChat's servers. */
export const letterAvatar = (agentName: string): string => avatar(lastName(agentName).charAt(0), AGENT_COLOR)

/** Agents look different from the bot, as they would with pictures of their own. So does another end user. */
const senderOf = (from: string): { name: string; avatar: string } =>
  from === 'bot'
    ? { name: 'Kettle & Co.', avatar: avatar('K', BOT_COLOR) }
    : {
        name: from,
        avatar: isAgentName(from) || from === 'LiveChat' ? letterAvatar(from) : avatar(from.charAt(0), OTHER_COLOR),
      }

// Messages seldom change, and the webchat renders anew only those that are new objects.
const known = new WeakMap<MessageView, RichBlockMessage>()

/**
 * The latest messages that this end user sees, for the webchat's list. Lines are only added, so their number can be
 * their id.
 */
export const toMessages = (person: PersonView, count: number, missingFiles: MissingFiles): RichBlockMessage[] => {
  const first = Math.max(0, person.messages.length - count)
  return person.messages.slice(first).map((message, index) => {
    const made = known.get(message) ?? toMessage(person, message, first + index, missingFiles)
    known.set(message, made)
    return made
  })
}

const toMessage = (
  person: PersonView,
  message: MessageView,
  index: number,
  missingFiles: MissingFiles,
): RichBlockMessage => {
  const { from, type, payload, atMs, delivery } = message
  const direction = from === 'me' ? ASIDE.me : ASIDE.bot
  return {
    id: `${person.id}-${index}`,
    timestamp: new Date(atMs),
    block: toBlock(type, payload, direction, missingFiles),
    direction,
    sender: from === 'me' ? { name: person.name } : senderOf(from),
    authorId: from,
    // The webchat writes "Delivered" under the last message that is not pending.
    ...(delivery === undefined ? {} : { status: 'pending' }),
    metadata: { delivered: delivery === undefined },
  }
}
