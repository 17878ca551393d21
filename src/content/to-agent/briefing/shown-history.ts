import type { HistoryEntry } from '../history'

/** `earlier`: a session with an agent that has ended. `recent`: what was said since. */
export type Conversation = { earlier: HistoryEntry[]; recent: HistoryEntry[] }

/**
 * The part of the history that an agent should read. Leaves out the plugin's own lines, the end user's command that
 * ended a session, and a greeting, but nothing that may be a person's words.
 */
export const conversationOf = (history: readonly HistoryEntry[]): Conversation => {
  const announces = announcement(history)
  const closing = closingLine(history, announces)
  const end = closing === -1 ? history.findLastIndex(byAgent) + 1 : closing + 1
  const own = ownTexts(history, [announces, history[closing]])
  const isShown = (entry: HistoryEntry): boolean =>
    entry !== announces && !isCloseCommand(entry) && !(byBot(entry) && own.has(textOf(entry)))
  return { earlier: history.slice(0, end).filter(isShown), recent: withoutGreeting(history.slice(end).filter(isShown)) }
}

/** The plugin's texts, unless the bot's owner has changed them. */
const defaultTexts = [
  'I have escalated this conversation to a human agent. They should be with you shortly.',
  'A human agent has joined the conversation.',
  'The human agent closed the conversation. I will continue assisting you.',
  'You have ended the session with the human agent. I will continue assisting you.',
  '( The user has ended the session. )',
]

/**
 * The plugin's texts, as the bot's owner may have changed them: the ones that announce this session and end an earlier
 * one, those that stand between the bot and an agent, and those that answer the end user's command. The plugin's mark
 * alone says too little: outside the webchat, an agent's words have it, too. But no agent speaks at these places.
 */
const ownTexts = (
  history: readonly HistoryEntry[],
  known: readonly (HistoryEntry | undefined)[],
): ReadonlySet<string> => {
  const atOwnPlaces = history.filter((entry, index) => {
    const [before, after] = [history[index - 1], history[index + 1]]
    if (entry.speaker.type !== 'plugin') return false
    return (before && isCloseCommand(before)) || (after && byAgent(after) && !(before && byAgent(before)))
  })
  const texts = [...defaultTexts, ...[...atOwnPlaces, ...known].map((entry) => (entry ? textOf(entry) : ''))]
  return new Set(texts.filter((text) => text !== ''))
}

/** The end user's words with which the plugin ends a session, unless the bot's owner has changed them. */
const closeCommand = '/end'
const isCloseCommand = (entry: HistoryEntry): boolean =>
  entry.speaker.type === 'user' && textOf(entry).toLowerCase() === closeCommand

/** The text of an entry that consists of one short text. Otherwise empty. */
const textOf = ({ said }: HistoryEntry): string => {
  const [first] = said
  return said.length === 1 && first?.kind === 'text' && first.text.length <= maxPluginText ? first.text.trim() : ''
}
const maxPluginText = 2_000

const byBot = ({ speaker }: HistoryEntry): boolean => speaker.type === 'bot' || speaker.type === 'plugin'
const byAgent = ({ speaker }: HistoryEntry): boolean => speaker.type === 'agent'

const isOfPlugin = (entry: HistoryEntry): boolean =>
  entry.speaker.type === 'plugin' || (byBot(entry) && defaultTexts.includes(textOf(entry)))

/**
 * The plugin's line that announces the present session. It is the last line, or the one before. The one before may also
 * be an agent's last words in an earlier session. So it counts only if something shows that it is the plugin's: a
 * default text, a repetition, a webchat, or no other line of the plugin.
 */
const announcement = (history: readonly HistoryEntry[]): HistoryEntry | undefined => {
  const [beforeLast, last] = history.length > 1 ? history.slice(-2) : [undefined, history[0]]
  if (last && isOfPlugin(last)) return last
  if (!beforeLast || !isOfPlugin(beforeLast)) return undefined
  const others = history.filter((entry) => entry !== beforeLast && isOfPlugin(entry))
  const isSure =
    beforeLast.speaker.type !== 'plugin' ||
    others.length === 0 ||
    defaultTexts.includes(textOf(beforeLast)) ||
    others.some((entry) => textOf(entry) === textOf(beforeLast)) ||
    history.some(byAgent)
  return isSure ? beforeLast : undefined
}

/**
 * Where the plugin says that the last session with an agent has ended: its first line after the last line by an agent.
 * @returns -1 if it does not say so, or if no line is by an agent: then there was no such session
 */
const closingLine = (history: readonly HistoryEntry[], announces: HistoryEntry | undefined): number => {
  const lastOfAgent = history.findLastIndex(byAgent)
  if (lastOfAgent === -1) return -1
  return history.findIndex((entry, index) => index > lastOfAgent && entry !== announces && isOfPlugin(entry))
}

/** The bot's greeting before anybody has said anything. Without other words, it is all there is to show. */
const withoutGreeting = (entries: HistoryEntry[]): HistoryEntry[] => {
  const firstByUser = entries.findIndex(({ speaker }) => speaker.type === 'user')
  return entries.filter((entry, index) => index >= firstByUser || !isGreeting(entry))
}

const maxGreetingCharacters = 300
const isGreeting = ({ speaker, said }: HistoryEntry): boolean => {
  const [first] = said
  if (speaker.type !== 'bot' || said.length !== 1 || (first?.kind !== 'text' && first?.kind !== 'markdown'))
    return false
  return first.text.length <= maxGreetingCharacters && greeting.test(first.text)
}

const greeting =
  /^[^\p{L}]{0,20}(hi|hey|hello|welcome|greetings|good (morning|afternoon|evening|day)|hola|buen[oa]s|bienvenid[oa]s?|bonjour|bonsoir|salut|bienvenue|hallo|guten (tag|morgen|abend)|willkommen|moin|servus|ol[áa]|oi|bem-vind[oa]s?|bom dia|boa (tarde|noite))(?!\p{L})/iu
