import { describe, expect, it } from 'vitest'
import { measureOnce, operations } from '../../bench/operations'
import { startSandbox } from '../../sandbox/start-sandbox'
import budgets from './budgets.json'

/**
 * What each operation costs: its remote calls, and how many of them wait for each other. Both may only become fewer.
 */

const byName: Record<string, { calls: number; chain: number }> = budgets.operations

describe('the calls of an operation are within its budget', () => {
  it.each(operations)('$name', async (operation) => {
    const { livechatKnobs } = operation
    // Parallel calls overlap in time only if they take some.
    const sandbox = await startSandbox({ latencyMs: 50, ...(livechatKnobs ? { livechatKnobs } : {}) })
    try {
      const { calls, chain } = await measureOnce(sandbox, operation)
      const budget = byName[operation.name]
      expect(calls.length, `calls: ${calls.join(', ')}`).toBeLessThanOrEqual(budget?.calls ?? -1)
      expect(chain, `in a row, of ${calls.join(', ')}`).toBeLessThanOrEqual(budget?.chain ?? -1)
    } finally {
      await sandbox.close()
    }
  })

  it('has a budget for each operation and for nothing else', () => {
    expect(Object.keys(byName).sort()).toEqual(operations.map(({ name }) => name).sort())
  })
})
