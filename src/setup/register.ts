import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { toRuntimeError } from '../session/explain'
import type { Memory } from '../session/memory'
import { createScope } from '../session/scope'
import { withDeadline } from '../shared/deadline'
import type { Runtime } from '../shared/runtime'
import { setUpAgentSide } from './agent-side'
import { customerSideContext } from './checks/context'
import { runChecks } from './checks/run-checks'

const budgetMs = 20_000

/**
 * Checks the configuration. Nobody sees this in LiveChat: the checks use one kept probe customer, which never opens a
 * chat. With agent access, also sets up the webhooks. Repeating it changes nothing.
 * @throws RuntimeError that names, for each problem, the field and the click that fixes it
 */
export const createRegister =
  (runtime: Runtime, memory: Memory): bp.IntegrationProps['register'] =>
  async (props) => {
    try {
      await withDeadline(runtime, budgetMs, async (deadline) => {
        const checks = await runChecks(props.ctx.configuration, () =>
          customerSideContext(createScope(props, runtime, memory, deadline)),
        )
        const fixes = checks.flatMap(({ status, fix }) => (status === 'problem' && fix ? [fix] : []))
        if (fixes.length > 0) throw new RuntimeError([...new Set(fixes)].join('\n'))
        const scope = createScope(props, runtime, memory, deadline)
        // Sessions use the URL from the environment, so the checks use it, too.
        if (props.webhookUrl !== scope.app.redirectUri) scope.log.warn('webhook_url_differs')
        await setUpAgentSide(scope)
      })
    } catch (error) {
      throw toRuntimeError('The configuration could not be checked', error, props.logger)
    }
  }
