import type { LogFields } from '../shared/log'
import { errorCode } from './explain'
import { withBudget, type Scope } from './scope'

export type Effort = {
  budgetMs: number
  /** Log code when it does not work. */
  code: string
  /** Ids for the log. */
  fields?: LogFields
  /** Default `warn`. */
  level?: 'debug' | 'warn' | 'error'
}

/**
 * Makes something that is nice to have, and goes on without it when it fails or is late: then the log says so and the
 * result is `undefined`. A mistake of ours is reported as well.
 * @throws only when the whole operation has run out of time
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
