import { describe, expect, it } from 'vitest'
import { runSteps, type Step } from './steps'

const node = (name: string, code: string): Step => ({ name, command: [process.execPath, '-e', code] })

const play = async (steps: Step[], workers = 2) => {
  const lines: string[] = []
  let nowMs = 0
  const options = { root: '.', workers, nowMs: () => (nowMs += 500), print: (line: string) => void lines.push(line) }
  return { failed: await runSteps(steps, options), lines }
}

describe('steps in a terminal', () => {
  it('names each step when it begins, and says its time at the end', async () => {
    const { failed, lines } = await play([node('types', '')], 1)
    expect(failed).toEqual([])
    expect(lines).toEqual(['…       types', 'ok      types  0.5 s', 'All pass. 1.5 s'])
  })

  it('runs all of them, shows what the failing ones printed, and names these again', async () => {
    const bad = node('lint', 'console.log("rule broken"); process.exit(1)')
    const { failed, lines } = await play([bad, node('types', 'console.log("quiet")'), node('imports', '')])
    expect(failed).toEqual(['lint'])
    expect(lines.join('\n')).toMatch(/^FAILED {2}lint .*\nrule broken$/m)
    expect(lines.join('\n')).not.toContain('quiet')
    expect(lines.filter((line) => line.startsWith('ok'))).toHaveLength(2)
    expect(lines.at(-1)).toMatch(/^Failed: lint\./)
  })

  it('runs as many side by side as it has workers', async () => {
    const { lines } = await play([node('one', ''), node('two', ''), node('three', '')], 2)
    expect(lines.slice(0, 2)).toEqual(['…       one', '…       two'])
    expect(lines[2]).toMatch(/^ok/)
  })
})
