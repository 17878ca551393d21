import type * as bp from '../bp'
import { toRuntimeError } from '../session/explain'
import type { Memory } from '../session/memory'
import { createScope } from '../session/scope'
import { fullContext } from '../setup/checks/context'
import { runChecks } from '../setup/checks/run-checks'
import { withDeadline } from '../shared/deadline'
import type { Runtime } from '../shared/runtime'

const budgetMs = 25_000

/**
 * Checks the configuration and what LiveChat shows of its side, and says what to do about each thing that is wrong. A
 * wrong configuration is an answer, not an error; a warning leaves `ok` true. Repeating it makes nothing in LiveChat.
 * @throws RuntimeError when even that took too long
 */
export const createDiagnose =
  (runtime: Runtime, memory: Memory): bp.IntegrationProps['actions']['diagnose'] =>
  async (props) => {
    try {
      const checks = await withDeadline(runtime, budgetMs, (deadline) =>
        runChecks(props.ctx.configuration, () => fullContext(createScope(props, runtime, memory, deadline))),
      )
      return { ok: checks.every(({ status }) => status !== 'problem'), checks }
    } catch (error) {
      throw toRuntimeError('The configuration could not be checked', error, props.logger)
    }
  }
