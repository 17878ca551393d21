import { errorCode } from '../operation/failures/explain'
import { budgets } from '../operation/budgets'
import { raiseIssue } from '../operation/failures/raise-issue'
import { withBudget, type Scope } from '../operation/scope'
import { fullContext } from './checks/check-context'
import { runChecks } from './checks/run-checks'
import { setUpWebhooks } from './webhooks/set-up-webhooks'

/**
 * The work of the register that Botpress makes every day: repairs the webhooks, then raises an issue for each problem
 * that does not pass by itself. Never throws, because an outage at night must not switch a good installation off.
 */
export const checkDaily = async (scope: Scope, configuration: unknown): Promise<void> => {
  // Leaves time for the steps that follow.
  const leftMs = scope.deadline.remainingMs() - 2 * budgets.register.memoryMs
  const budgetMs = Math.min(budgets.register.dailyMs, leftMs)
  try {
    if (budgetMs > 0) await withBudget(scope, budgetMs, (limited) => repairAndCheck(limited, configuration))
  } catch (error) {
    scope.log.warn('daily_check_failed', { error: errorCode(error) })
    await scope.report(error)
  }
}

const repairAndCheck = async (scope: Scope, configuration: unknown): Promise<void> => {
  try {
    await setUpWebhooks(scope)
  } catch (error) {
    // The checks below see what is missing and say why.
    scope.log.warn('webhooks_not_repaired', { error: errorCode(error) })
    await scope.report(error)
  }
  const checks = await runChecks(configuration, () => fullContext(scope))
  for (const { id, status, issue } of checks) {
    if (status !== 'problem') continue
    scope.log.warn('daily_check_found', { check: id })
    if (issue) raiseIssue(scope, issue, { check: id })
  }
}
