import { expect, it } from 'vitest'
import { lintHub } from './lint-hub'

it.each([
  ['passes', '', 0, /^ok {6}bp lint {2}0\.5 s$/m],
  ['does not pass', 'console.error("action x: no title"); process.exit(1)', 1, /^FAILED .*\naction x: no title$/m],
  [
    'without the network',
    'console.error("npm error code ENOTFOUND"); process.exit(1)',
    2,
    /^NOT CHECKED: .*ENOTFOUND/m,
  ],
])('bp lint %s: says so, with an exit code of its own', async (_, script, code, words) => {
  const lines: string[] = []
  let nowMs = 0
  const options = { root: '.', nowMs: () => (nowMs += 500), print: (line: string) => void lines.push(line) }
  expect(await lintHub({ ...options, cli: [process.execPath, '-e', script] })).toBe(code)
  expect(lines[0]).toMatch(/^… {7}bp lint/)
  expect(lines.join('\n')).toMatch(words)
})
