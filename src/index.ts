import { createCheckAvailability } from './actions/check-availability'
import { createCreateUser } from './actions/create-user'
import { createDiagnose } from './actions/diagnose'
import { createRateSession } from './actions/rate-session'
import { createStartHitl } from './actions/start-hitl'
import { createStopHitl } from './actions/stop-hitl'
import * as bp from './bp'
import { createHitlChannel } from './channels/hitl'
import { createMemory, type Memory } from './operation/memory'
import { createReport } from './operation/failures/report'
import { createRegister } from './setup/register'
import { createUnregister } from './setup/unregister'
import { systemRuntime, type Runtime } from './shared/runtime'
import { createWebhookHandler } from './webhook/handler'

/** Creates the integration. Tests pass a runtime and a memory of their own. */
export const createIntegration = (runtime: Runtime, memory: Memory): bp.Integration => {
  const host = { runtime, memory, report: createReport(runtime) }
  return new bp.Integration({
    register: createRegister(host),
    unregister: createUnregister(host),
    actions: {
      createUser: createCreateUser(host),
      startHitl: createStartHitl(host),
      stopHitl: createStopHitl(host),
      checkAvailability: createCheckAvailability(host),
      rateSession: createRateSession(host),
      diagnose: createDiagnose(host),
    },
    channels: { hitl: createHitlChannel(host) },
    handler: createWebhookHandler(host),
  })
}

export default createIntegration(systemRuntime, createMemory(systemRuntime))
