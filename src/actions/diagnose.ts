import type * as bp from '../bp'
import { budgets } from '../operation/budgets'
import { operationWithoutSettings, type Host } from '../operation/operation'
import { fullContext } from '../setup/checks/check-context'
import { runChecks } from '../setup/checks/run-checks'

/**
 * Checks the configuration, and what we can see of the set-up in LiveChat. Says how to correct each problem. A wrong
 * configuration gives an answer, not an error. With warnings alone, `ok` is true. Repeated checks create nothing new in
 * LiveChat.
 * @throws RuntimeError when the checks take too long
 */
export const createDiagnose = (host: Host): bp.IntegrationProps['actions']['diagnose'] =>
  operationWithoutSettings(
    host,
    { name: 'diagnose', budgetMs: budgets.diagnose.wholeMs, failure: 'The configuration could not be checked' },
    async (openScope, { ctx }: bp.ActionProps['diagnose']) => {
      const checks = await runChecks(ctx.configuration, () => fullContext(openScope()))
      return {
        ok: checks.every(({ status }) => status !== 'problem'),
        checks: checks.map(({ issue: _, ...check }) => check),
      }
    },
  )
