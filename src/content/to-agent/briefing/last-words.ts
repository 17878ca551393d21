import type { HistoryEntry } from '../history'
import type { PickedOptions } from './picked-options'

/** What the end user said last, in words. Somebody else's last words if the end user has said nothing. */
export const lastWordsOf = (
  entries: readonly HistoryEntry[],
  endUserId: string,
  { meaning }: PickedOptions,
): HistoryEntry | undefined => {
  // A picked option says nothing without its question.
  const worded = entries.filter(
    (entry) => entry.speaker.type === 'user' && entry.said[0]?.kind === 'text' && !meaning.has(entry),
  )
  return worded.findLast(({ speaker }) => speaker.type === 'user' && speaker.userId === endUserId) ?? worded.at(-1)
}

/** The words with which an entry begins. Empty if it begins with something else. */
export const wordsOf = ({ said: [first] }: HistoryEntry): string => (first?.kind === 'text' ? first.text.trim() : '')

/** Whether a text is what an entry says, apart from blanks and letter case. */
export const isSame = (text: string, entry: HistoryEntry): boolean => {
  const words = wordsOf(entry)
  return words.length <= 2 * text.length && plain(words) === plain(text)
}
const plain = (text: string): string => text.replace(/\s+/g, ' ').trim().toLowerCase()

/** Whether a text already contains the words of an entry. Does not search for very long words. */
export const saysWords = (text: string, entry: HistoryEntry): boolean => {
  const words = wordsOf(entry)
  return words !== '' && words.length <= maxCompared && text.includes(words)
}
const maxCompared = 1_000
