import { cutAt } from '../../../shared/cut'
import type { HistoryEntry } from '../history'
import type { Option, Said } from '../said'

/**
 * `picked`: the options that the end user picked. `meaning`: for each answer that picked an option, the option's label,
 * after the number if the answer was one.
 */
export type PickedOptions = { picked: Set<Option>; meaning: Map<HistoryEntry, string> }

/**
 * Finds the answers that picked an option. For each message with options, looks at the end user's texts before the next
 * such message. The first text that equals the label or value of one option picks it. Letter case does not matter. A
 * number picks an option, too, as long as the bot has said nothing after the options.
 */
export const findPicks = (history: readonly HistoryEntry[]): PickedOptions => {
  const picks: PickedOptions = { picked: new Set(), meaning: new Map() }
  let open: Option[] = []
  let isLastWord = false
  for (const entry of history) {
    const options = entry.speaker.type === 'user' ? [] : entry.said.flatMap(optionsOf)
    if (options.length > 0) open = options
    if (entry.speaker.type !== 'user') isLastWord = options.length > 0
    const [first] = entry.said
    if (entry.speaker.type !== 'user' || first?.kind !== 'text' || open.length === 0) continue
    const named = findOption(open, first.text)
    const option = named ?? (isLastWord ? numberedOption(open, first.text) : undefined)
    if (!option) continue
    picks.picked.add(option)
    picks.meaning.set(entry, named ? option.label : `${first.text.trim()} (${option.label})`)
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

/**
 * The option that a number means: the one whose label has it, as in "2. Blue" or "3 months". If no label has a number,
 * channels without buttons count the options from 1.
 */
const numberedOption = (options: Option[], answer: string): Option | undefined => {
  const [, digits] = /^#?(\d{1,2})[.):]?$/.exec(cutAt(answer, maxNumber).normalize('NFKC').trim()) ?? []
  if (digits === undefined) return undefined
  const labels = options.map(({ label }) => cutAt(label, maxAnswer))
  if (!labels.some((label) => /\d/.test(label))) return options[Number(digits) - 1]
  const fitting = options.filter((_, index) => /\d+/.exec(labels[index] ?? '')?.[0] === digits)
  return fitting.length === 1 ? fitting[0] : undefined
}
const maxNumber = 10

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
