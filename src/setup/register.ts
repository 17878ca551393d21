import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { budgets } from '../operation/budgets'
import { operationWithoutSettings, type Host } from '../operation/operation'
import { parseSettings } from '../operation/settings'
import type { Scope } from '../operation/scope'
import { customerSideContext } from './checks/check-context'
import type { Check } from './checks/finding'
import { runChecks } from './checks/run-checks'
import { correctFields } from './checks/settings'
import { checkDaily } from './daily'
import { isDailyRegister, noteAccepted, noteRefused, scheduleDaily } from './registered'
import { setUpWebhooks } from './webhooks/set-up-webhooks'

/**
 * Checks the configuration. No agent sees this in LiveChat: the checks use one stored probe customer, who never opens a
 * chat. With agent access, also sets up the webhooks. A second register with the same configuration changes nothing.
 * Botpress then repeats it every day. A repetition never throws: what only the owner can correct becomes an issue.
 * @throws RuntimeError that names, for each problem, the field, and where to click to correct it
 */
export const createRegister = (host: Host): bp.IntegrationProps['register'] =>
  operationWithoutSettings(
    host,
    { name: 'register', budgetMs: budgets.register.wholeMs, failure: 'The configuration could not be checked' },
    async (openScope, { ctx, webhookUrl }: RegisterProps) => {
      const settings = parseSettings(ctx.configuration)
      if (!settings.ok) throw new RuntimeError(correctFields(settings.problems))
      const scope = openScope()
      // Sessions use the URL from the environment variable, so the checks also use that URL.
      if (webhookUrl !== scope.app.redirectUri) scope.log.warn('webhook_url_differs_from_environment')
      // A question that LiveChat does not answer takes as long as this one may take.
      const [isDaily, checks] = await Promise.all([
        isDailyRegister(scope),
        runChecks(ctx.configuration, () => customerSideContext(scope)),
      ])
      if (isDaily) await checkDaily(scope, ctx.configuration)
      else await checkSaved(scope, checks)
      await Promise.all([noteAccepted(scope), scheduleDaily(scope)])
    },
  )

const checkSaved = async (scope: Scope, checks: Check[]): Promise<void> => {
  try {
    const fixes = checks.flatMap(({ status, fix }) => (status === 'problem' && fix ? [fix] : []))
    if (fixes.length > 0) throw new RuntimeError([...new Set(fixes)].join('\n'))
    await setUpWebhooks(scope)
  } catch (error) {
    await noteRefused(scope)
    throw error
  }
}

type RegisterProps = Parameters<bp.IntegrationProps['register']>[0]
