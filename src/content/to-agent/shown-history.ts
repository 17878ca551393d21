import type { HistoryEntry } from './history'

/** `earlier`: a session with an agent that has ended. `recent`: what was said since. */
export type Conversation = { earlier: HistoryEntry[]; recent: HistoryEntry[] }

/**
 * What of the history an agent should read: without the plugin's own lines, as far as they are known, and without a
 * greeting. Outside the webchat, an agent's words have the plugin's mark, too, so the mark alone does not leave them out.
 */
export const conversationOf = (history: readonly HistoryEntry[]): Conversation => {
  const announces = announcement(history)
  const end = endOfEarlierSession(history, announces)
  const isShown = (entry: HistoryEntry): boolean => entry !== announces && !isPluginText(entry)
  return { earlier: history.slice(0, end).filter(isShown), recent: withoutGreeting(history.slice(end).filter(isShown)) }
}

/** The plugin's line that announces the present session. It is the last one, or the last but one. */
const announcement = (history: readonly HistoryEntry[]): HistoryEntry | undefined =>
  history.slice(-2).findLast(isOfPlugin)

const isOfPlugin = (entry: HistoryEntry): boolean => entry.speaker.type === 'plugin' || isPluginText(entry)

/**
 * Where the last session with an agent ends: after its last line by an agent, and after the line in which the plugin
 * says that it has ended. Without a line by an agent, there was none.
 */
const endOfEarlierSession = (history: readonly HistoryEntry[], announces: HistoryEntry | undefined): number => {
  const lastOfAgent = history.findLastIndex(({ speaker }) => speaker.type === 'agent')
  if (lastOfAgent === -1) return 0
  const after = history.findIndex((entry, index) => index > lastOfAgent && entry !== announces && isOfPlugin(entry))
  return after === -1 ? lastOfAgent + 1 : after + 1
}

/** Not every version of the plugin marks its lines, so we know its texts, too, unless the bot's owner has changed them. */
const isPluginText = ({ speaker, said }: HistoryEntry): boolean => {
  const [first] = said
  return (
    (speaker.type === 'bot' || speaker.type === 'plugin') &&
    said.length === 1 &&
    first?.kind === 'text' &&
    pluginTexts.has(first.text.trim())
  )
}

const pluginTexts = new Set([
  'I have escalated this conversation to a human agent. They should be with you shortly.',
  'A human agent has joined the conversation.',
  'The human agent closed the conversation. I will continue assisting you.',
  'You have ended the session with the human agent. I will continue assisting you.',
  '( The user has ended the session. )',
])

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
