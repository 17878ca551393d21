import { platformProbeStore, probeCredentials } from '../../customers/probe-customer'
import type { Scope } from '../../operation/scope'
import { agentAccessOf } from '../../operation/agent-apis'
import type { CheckContext } from './facts'
import { readLastWebhooks } from './last-webhooks'

/** For an installed integration: makes only the calls that prove that a session could start. */
export const customerSideContext = (scope: Scope): CheckContext => ({
  runtime: scope.runtime,
  http: scope.memory.http,
  settings: scope.settings,
  app: scope.app,
  probe: (deadline) => probeCredentials({ ...scope, deadline }, platformProbeStore(scope)),
})

/** For an installed integration: allows every check. */
export const fullContext = (scope: Scope): CheckContext => ({
  ...customerSideContext(scope),
  agentAccess: agentAccessOf(scope),
  readLastWebhooks: () => readLastWebhooks(scope),
})
