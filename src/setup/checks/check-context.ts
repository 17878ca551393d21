import { platformProbeStore, probeCredentials } from '../../customers/probe-customer'
import type { Scope } from '../../operation/scope'
import { agentAccessOf } from '../../operation/agent-apis'
import type { CheckContext } from './facts'
import { readLastWebhooks } from './last-webhooks'

/**
 * The context of an installed integration for each register. The checks then make only the calls that prove that a
 * session can start.
 */
export const customerSideContext = (scope: Scope): CheckContext => ({
  runtime: scope.runtime,
  http: scope.memory.http,
  settings: scope.settings,
  app: scope.app,
  deadline: scope.deadline,
  probe: (deadline) => probeCredentials({ ...scope, deadline }, platformProbeStore(scope)),
})

/** The context for `diagnose` and the daily register. It allows every check. */
export const fullContext = (scope: Scope): CheckContext => ({
  ...customerSideContext(scope),
  agentAccess: agentAccessOf(scope),
  readLastWebhooks: () => readLastWebhooks(scope),
})
