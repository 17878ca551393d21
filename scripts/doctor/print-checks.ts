import { styleText } from 'node:util'
import type { Check } from '../../src/setup/checks/check'

type Style = Parameters<typeof styleText>[0]

const marks: Record<Check['status'], { word: string; style: Style }> = {
  ok: { word: 'ok', style: 'green' },
  warning: { word: 'warning', style: 'yellow' },
  problem: { word: 'PROBLEM', style: ['red', 'bold'] },
}

/** One row a check: how it went, what it is, what was seen; below, what to do. */
export const printChecks = (checks: Check[], { isColoured }: { isColoured: boolean }): string => {
  // Who decides on colours is the caller, not what Node finds out about the stream.
  const paint = (style: Style, text: string): string =>
    isColoured ? styleText(style, text, { validateStream: false }) : text
  const widest = Math.max(...checks.map(({ title }) => title.length))
  const indent = ' '.repeat(9 + widest + 2)
  const rows = checks.flatMap(({ title, status, seen, fix }) => {
    const { word, style } = marks[status]
    const head = `${paint(style, word.padEnd(9))}${title.padEnd(widest + 2)}`
    return [`${head}${seen}`, ...(fix === undefined ? [] : [`${indent}${paint('bold', `→ ${fix}`)}`])]
  })
  const count = (status: Check['status']): number => checks.filter((check) => check.status === status).length
  const sum = `${count('problem')} to mend, ${count('warning')} to look at, ${count('ok')} in order`
  return [...rows, '', paint(count('problem') > 0 ? 'red' : 'green', sum)].join('\n')
}
