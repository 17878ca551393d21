import { describe, expect, it } from 'vitest'
import { measureOnce, operations } from '../../bench/operations'
import { startSandbox } from '../../sandbox/start-sandbox'
import budgets from './budgets.json'

/** What each operation costs in remote calls and in calls that wait for each other. It may only become less. */

const byName: Record<string, { calls: number; chain: number }> = budgets.operations

describe('the calls of an operation are within its budget', () => {
  it.each(operations)('$name', async (operation) => {
    const { livechatKnobs } = operation
    // Calls side by side overlap in time only when they take some.
    const sandbox = await startSandbox({ latencyMs: 20, ...(livechatKnobs ? { livechatKnobs } : {}) })
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
