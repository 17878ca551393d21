import type * as bp from '../bp'
import { budgets } from '../operation/budgets'
import { operationWithoutSettings, type Host } from '../operation/operation'
import { fullContext } from '../setup/checks/check-context'
import { runChecks } from '../setup/checks/run-checks'

/**
 * Checks the configuration and what LiveChat shows of its side, and says how to correct each problem. A wrong
 * configuration is an answer, not an error. Warnings leave `ok` true. Repeating it creates nothing more in LiveChat.
 * @throws RuntimeError when the checks take too long
 */
export const createDiagnose = (host: Host): bp.IntegrationProps['actions']['diagnose'] =>
  operationWithoutSettings(
    host,
    { name: 'diagnose', budgetMs: budgets.diagnose.wholeMs, failure: 'The configuration could not be checked' },
    async (openScope, { ctx }: bp.ActionProps['diagnose']) => {
      const checks = await runChecks(ctx.configuration, () => fullContext(openScope()))
      return { ok: checks.every(({ status }) => status !== 'problem'), checks }
    },
  )
