import { cutAt } from '../../../shared/cut'
import type { HistoryEntry } from '../history'
import type { Option, Said } from '../said'

/** `picked`: the options that the end user picked. `meaning`: the option's label for each answer that picked one. */
export type PickedOptions = { picked: Set<Option>; meaning: Map<HistoryEntry, string> }

/**
 * Finds the answers that picked an option. For each message with options, looks at the end user's texts before the next
 * such message. The first text that equals the label or value of one option picks it. Letter case does not matter.
 */
export const findPicks = (history: readonly HistoryEntry[]): PickedOptions => {
  const picks: PickedOptions = { picked: new Set(), meaning: new Map() }
  let open: Option[] = []
  for (const entry of history) {
    const options = entry.speaker.type === 'user' ? [] : entry.said.flatMap(optionsOf)
    if (options.length > 0) open = options
    const [first] = entry.said
    if (entry.speaker.type !== 'user' || first?.kind !== 'text' || open.length === 0) continue
    const option = findOption(open, first.text)
    if (!option) continue
    picks.picked.add(option)
    picks.meaning.set(entry, option.label)
    open = []
  }
  return picks
}

/** Returns `undefined` if no option fits, or if several fit: we cannot know which one the end user meant. */
const findOption = (options: Option[], answer: string): Option | undefined => {
  if (answer.length > maxAnswer) return undefined
  const asked = plain(answer)
  const byLabel = options.filter(({ label }) => plain(label) === asked)
  const found = byLabel.length > 0 ? byLabel : options.filter(({ value }) => plain(value) === asked)
  return found.length === 1 ? found[0] : undefined
}

/** No option is longer. */
const maxAnswer = 1_000

const plain = (text: string): string =>
  cutAt(text, maxAnswer + 1)
    .trim()
    .toLowerCase()

/** Links are no answers. */
const optionsOf = (said: Said): Option[] => {
  if (said.kind === 'choice') return said.options
  return said.kind === 'cards' ? said.cards.flatMap(({ options }) => options) : []
}
