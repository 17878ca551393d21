import type { MessageHistoryEntry } from '../../bp'

type Option = { label: string; value: string }
/** `picked`: the options that the end user picked. `meaning`: the option's label for each answer that picked one. */
export type PickedOptions = { picked: Set<Option>; meaning: Map<MessageHistoryEntry, string> }

/**
 * Finds the answers that picked an option. For each message with options, that is the end user's first text that equals
 * an option's label or value, in any letter case, before the next message with options.
 */
export const findPicks = (history: MessageHistoryEntry[]): PickedOptions => {
  const picks: PickedOptions = { picked: new Set(), meaning: new Map() }
  let open: Option[] = []
  for (const entry of history) {
    const options = optionsOf(entry)
    if (options.length > 0) open = options
    if (entry.source.type !== 'user' || entry.type !== 'text') continue
    const option = findOption(open, entry.payload.text)
    if (!option) continue
    picks.picked.add(option)
    picks.meaning.set(entry, option.label)
    open = []
  }
  return picks
}

/** `undefined` if several options fit: nobody can know which one the end user meant. */
const findOption = (options: Option[], answer: string): Option | undefined => {
  const byLabel = options.filter(({ label }) => plain(label) === plain(answer))
  const found = byLabel.length > 0 ? byLabel : options.filter(({ value }) => plain(value) === plain(answer))
  return found.length === 1 ? found[0] : undefined
}

const plain = (text: string): string => text.trim().toLowerCase()

const optionsOf = (entry: MessageHistoryEntry): Option[] => {
  switch (entry.type) {
    case 'choice':
    case 'dropdown':
      return entry.payload.options
    case 'card':
      return entry.payload.actions.filter(isAnswer)
    case 'carousel':
      return entry.payload.items.flatMap(({ actions }) => actions.filter(isAnswer))
    default:
      return []
  }
}

const isAnswer = ({ action }: { action: string }): boolean => action !== 'url'
