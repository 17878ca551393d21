import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { budgets } from '../operation/budgets'
import { errorCode, toRuntimeError } from '../operation/failures/explain'
import { operationWithoutSettings, type Failure, type Host } from '../operation/operation'
import { parseSettings } from '../operation/settings'
import type { Scope } from '../operation/scope'
import { closeAllLeftOpen } from '../session/after-end/left-open'
import { freeUnknownSessions } from '../session/after-end/unknown-sessions'
import { customerSideContext } from './checks/check-context'
import type { Check } from './checks/finding'
import { runChecks } from './checks/run-checks'
import { correctFields } from './checks/settings'
import { checkDaily } from './daily'
import { noteAccepted, noteRefused, readRegistration, scheduleDaily } from './registered'
import { setUpWebhooks } from './webhooks/set-up-webhooks'

/**
 * Checks the configuration. No agent sees this in LiveChat: the checks use one stored probe customer, who never opens a
 * chat. With agent access, also sets up the webhooks. A second register with the same configuration changes nothing.
 * Botpress then repeats it every day. A repetition never throws: what only the owner can correct becomes an issue.
 * @throws RuntimeError that names, for each problem, the field, and where to click to correct it
 */
export const createRegister = (host: Host): bp.IntegrationProps['register'] => {
  /** The contexts of daily registers. These must not fail, even if their time is over. */
  const daily = new WeakSet<object>()
  const failure = ({ error, scope, props }: Failure<RegisterProps>): void => {
    if (!daily.has(props.ctx)) throw toRuntimeError('The configuration could not be checked', error)
    scope?.log.warn('daily_check_failed', { error: errorCode(error) })
  }
  return operationWithoutSettings(
    host,
    { name: 'register', budgetMs: budgets.register.wholeMs, failure },
    async (openScope, { ctx, webhookUrl }: RegisterProps) => {
      const settings = parseSettings(ctx.configuration)
      if (!settings.ok) throw new RuntimeError(correctFields(settings.problems))
      const scope = openScope()
      // Sessions use the URL from the environment variable, so the checks also use that URL.
      if (webhookUrl !== scope.app.redirectUri) scope.log.warn('webhook_url_differs_from_environment')
      const [registration, checks] = await Promise.all([
        readRegistration(scope).then((read) => {
          if (read.isDaily) daily.add(ctx)
          return read
        }),
        runChecks(ctx.configuration, () => customerSideContext(scope)),
      ])
      if (registration.isDaily) await checkDaily(scope, ctx.configuration)
      else await checkSaved(scope, checks)
      await Promise.all([
        noteAccepted(scope, registration),
        scheduleDaily(scope),
        closeAllLeftOpen(scope),
        freeUnknownSessions(scope),
      ])
    },
  )
}

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
