import { fieldsOf } from '../../shared/fields'
import { nameForLog } from '../../shared/log'
import { readSaid, type Said } from './said'

/**
 * Who said it. A line of the bot with the plugin's mark is the plugin's own. If it names the channel's copy of an
 * agent, it is that agent's, from an earlier session.
 */
export type Speaker =
  { type: 'user'; userId: string } | { type: 'bot' } | { type: 'plugin' } | { type: 'agent'; userId: string }

/** One message before the handoff. */
export type HistoryEntry = { speaker: Speaker; said: Said[] }

export type History = {
  entries: HistoryEntry[]
  /** Types of messages that could not be shown. */
  unreadTypes: string[]
  /** How many messages hold nothing that could be shown. */
  emptyCount: number
}

/**
 * Reads the history that the plugin passes. Whatever it holds, the start goes on: a message that shows nothing is left
 * out and counted, one of an unknown type is named in `unreadTypes`.
 */
export const readHistory = (given: unknown): History => {
  const unreadTypes = new Set<string>()
  let emptyCount = 0
  const entries = (Array.isArray(given) ? given : []).flatMap((entry: unknown): HistoryEntry[] => {
    const fields = fieldsOf(entry)
    const said = readSaid(fields['type'], fields['payload'] ?? fields).filter(showsSomething)
    if (said.some(({ kind }) => kind === 'unknown')) unreadTypes.add(nameForLog(fields['type'], '(unusual type)'))
    if (said.length === 0) emptyCount += 1
    return said.length === 0 ? [] : [{ speaker: speakerOf(fields), said }]
  })
  return { entries, unreadTypes: [...unreadTypes], emptyCount }
}

const showsSomething = (said: Said): boolean =>
  (said.kind !== 'text' && said.kind !== 'markdown') || /\S/.test(said.text)

/** The plugin's mark: the payloads that it made itself repeat the message's type. */
const speakerOf = ({ source, type, payload }: Record<string, unknown>): Speaker => {
  const { type: by, userId } = fieldsOf(source)
  if (by !== 'bot') return { type: 'user', userId: typeof userId === 'string' ? userId : '' }
  const marks = fieldsOf(payload)
  if (typeof marks['userId'] === 'string' && marks['userId'] !== '') return { type: 'agent', userId: marks['userId'] }
  return typeof type === 'string' && marks['type'] === type ? { type: 'plugin' } : { type: 'bot' }
}
