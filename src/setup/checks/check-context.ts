import { agentAccessOf } from '../../session/agents/agent-access'
import { readLastWebhooks } from './last-webhooks'
import { platformProbeStore, probeCredentials } from '../../customers/probe-customer'
import type { Scope } from '../../operation/scope'
import type { CheckContext } from './facts'

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
  readAccepted: () => readLastWebhooks(scope),
})
