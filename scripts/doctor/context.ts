import { agentAccessOf } from '../../src/operation/agent-apis'
import type { Memory } from '../../src/operation/memory'
import { probeCredentials } from '../../src/customers/probe-customer'
import type { Settings } from '../../src/operation/settings'
import type { CheckContext } from '../../src/setup/checks/facts'
import { systemRuntime } from '../../src/shared/runtime'
import { probeFile } from './probe-file'

const silent = (): void => undefined

/** What the checks need, without Botpress. */
export const contextOf = (memory: Memory, settings: Settings, webhookUrl: string): CheckContext => {
  const app = { clientId: settings.clientId, organizationId: settings.organizationId, redirectUri: webhookUrl }
  const scope = {
    runtime: systemRuntime,
    memory,
    settings,
    app,
    log: { debug: silent, info: silent, warn: silent, error: silent, issue: silent },
    key: (...parts: string[]) => JSON.stringify(parts),
  }
  return {
    runtime: systemRuntime,
    http: memory.http,
    settings,
    app,
    probe: (deadline) => probeCredentials({ ...scope, deadline }, probeFile(app)),
    agentAccess: agentAccessOf(scope),
  }
}
