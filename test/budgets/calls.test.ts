import { describe, expect, it } from 'vitest'
import { costInSteps } from '../../bench/operation-costs'
import { operations } from '../../bench/operations'
import budgets from './budgets.json'

/**
 * What each operation costs: its remote calls, how many of them wait for each other, and how many of these come before
 * the text has reached its reader. Whoever changes a number writes the reason into docs/scaling.md.
 */

type Budget = { calls: number; chain: number; arrivalChain?: number }
const byName: Record<string, Budget> = budgets.operations

describe('the calls of an operation are as budgeted', () => {
  it.each(operations)('$name', async (operation) => {
    const { calls, chain, arrivalChain } = await costInSteps(operation)
    const cost = { calls: calls.length, chain, ...(arrivalChain === undefined ? {} : { arrivalChain }) }
    expect(cost, calls.join(', ')).toEqual(byName[operation.name])
  })

  it('has a budget for each operation and for nothing else', () => {
    expect(Object.keys(byName).sort()).toEqual(operations.map(({ name }) => name).sort())
  })
})
