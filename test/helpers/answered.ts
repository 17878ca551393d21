import { expect } from 'vitest'
import type { Sandbox } from '../../sandbox/start-sandbox'

/**
 * Resolves when `count` calls of this name have been answered since `mark`. Tests wait for that instead of for time.
 */
export const answered = (sandbox: Sandbox, name: string, mark: number, count = 1): Promise<void> =>
  expect.poll(() => sandbox.ledger.since(mark, { kind: 'call', name }).length).toBeGreaterThanOrEqual(count)
