import type { LogFields } from '../shared/log'
import { errorCode } from './failures/explain'
import { withBudget, type Scope } from './scope'

export type Effort = {
  budgetMs: number
  /** Log code for a failure. */
  code: string
  /** Ids for the log line. */
  fields?: LogFields
  /** Level of the log line. Default: `warn`. */
  level?: 'debug' | 'warn' | 'error'
}

/**
 * Runs an optional step. If it fails or takes longer than `budgetMs`, logs `code` and returns `undefined`, so that the
 * caller can go on. If the failure is a mistake of this integration, also reports it.
 * @throws only when the time of the whole operation is over
 */
export const bestEffort = async <T>(
  scope: Scope,
  { budgetMs, code, fields, level = 'warn' }: Effort,
  run: (limited: Scope) => Promise<T>,
): Promise<T | undefined> => {
  try {
    return await withBudget(scope, budgetMs, run)
  } catch (error) {
    scope.deadline.signal.throwIfAborted()
    scope.log[level](code, { ...fields, error: errorCode(error) })
    await scope.report(error)
    return undefined
  }
}
