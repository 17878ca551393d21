import { styleText } from 'node:util'
import type { Check } from '../../src/setup/checks/finding'
import { withVariables } from './environment'

type Style = Parameters<typeof styleText>[0]

/** A warning without a fix is a check that could not be made. The check that prevented it says what to do. */
const outcomeOf = ({ status, fix }: Check) => (status === 'warning' && fix === undefined ? 'notChecked' : status)
type Outcome = ReturnType<typeof outcomeOf>

const marks: Record<Outcome, { word: string; style: Style }> = {
  ok: { word: 'ok', style: 'green' },
  warning: { word: 'warning', style: 'yellow' },
  problem: { word: 'PROBLEM', style: ['red', 'bold'] },
  notChecked: { word: '–', style: 'dim' },
}

/** One row per check: status, title, what was seen; below it, what to do. */
export const printChecks = (checks: Check[], { isColoured }: { isColoured: boolean }): string => {
  // The caller decides on colours, not Node's look at the stream.
  const paint = (style: Style, text: string): string =>
    isColoured ? styleText(style, text, { validateStream: false }) : text
  const widest = Math.max(...checks.map(({ title }) => title.length))
  const indent = ' '.repeat(9 + widest + 2)
  const rows = checks.flatMap((check) => {
    const { title, seen, fix } = check
    const { word, style } = marks[outcomeOf(check)]
    const head = `${paint(style, word.padEnd(9))}${title.padEnd(widest + 2)}`
    return [`${head}${seen}`, ...(fix === undefined ? [] : [`${indent}${paint('bold', `→ ${withVariables(fix)}`)}`])]
  })
  const count = (outcome: Outcome): number => checks.filter((check) => outcomeOf(check) === outcome).length
  const open = count('notChecked')
  const fixes = count('problem') === 0 && open > 0 ? 'Nothing to fix in what was checked' : `${count('problem')} to fix`
  const sum = `${fixes}: ${count('ok')} in order, ${count('warning')} to look at, ${open} not checked`
  return [...rows, '', paint(count('problem') > 0 ? 'red' : 'green', sum)].join('\n')
}
