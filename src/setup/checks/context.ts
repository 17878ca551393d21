import { agentAccessOf } from '../../session/agent-access'
import { readLastWebhooks } from '../../session/accepted'
import { platformProbeStore, probeCredentials } from '../../session/probe'
import type { Scope } from '../../session/scope'
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
