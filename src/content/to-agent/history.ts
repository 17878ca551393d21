import { fieldsOf } from '../../shared/fields'
import { readSaid, type Said } from './said'

/**
 * Who said it. A line of the bot is the plugin's own if it has the plugin's mark, and an agent's from an earlier session
 * if it names the channel's copy of that agent.
 */
export type Speaker =
  { type: 'user'; userId: string } | { type: 'bot' } | { type: 'plugin' } | { type: 'agent'; userId: string }

/** One message before the handoff. */
export type HistoryEntry = { speaker: Speaker; said: Said[] }

export type History = {
  entries: HistoryEntry[]
  /** Types of messages that could not be shown. */
  unreadTypes: string[]
}

/**
 * Reads the history that the plugin passes. Whatever it holds, the start goes on: a message that shows nothing is left
 * out, one of an unknown type is named in `unreadTypes`.
 */
export const readHistory = (given: unknown): History => {
  const unreadTypes = new Set<string>()
  const entries = (Array.isArray(given) ? given : []).flatMap((entry: unknown): HistoryEntry[] => {
    const fields = fieldsOf(entry)
    const said = readSaid(fields['type'], fields['payload'])
    if (said.some(({ kind }) => kind === 'unknown')) unreadTypes.add(typeForLog(fields['type']))
    return said.length === 0 ? [] : [{ speaker: speakerOf(fields), said }]
  })
  return { entries, unreadTypes: [...unreadTypes] }
}

/** The plugin passes on the payloads that it made itself, which repeat the message's type. */
const speakerOf = ({ source, type, payload }: Record<string, unknown>): Speaker => {
  const { type: by, userId } = fieldsOf(source)
  if (by !== 'bot') return { type: 'user', userId: typeof userId === 'string' ? userId : '' }
  const marks = fieldsOf(payload)
  if (typeof marks['userId'] === 'string' && marks['userId'] !== '') return { type: 'agent', userId: marks['userId'] }
  return typeof type === 'string' && marks['type'] === type ? { type: 'plugin' } : { type: 'bot' }
}

const typeForLog = (type: unknown): string =>
  typeof type === 'string' && /^[\w.-]{1,40}$/.test(type) ? type : '(unusual type)'
