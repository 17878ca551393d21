import type * as bp from '../bp'
import { budgets } from '../operation/budgets'
import { operationWithoutSettings, type Host } from '../operation/operation'
import { fullContext } from '../setup/checks/check-context'
import { runChecks } from '../setup/checks/run-checks'

/**
 * Checks the configuration and what LiveChat shows of its side, and says what to do about each thing that is wrong. A
 * wrong configuration is an answer, not an error; a warning leaves `ok` true. Repeating it makes nothing in LiveChat.
 * @throws RuntimeError when even that took too long
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
