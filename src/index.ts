import { createUser } from './actions/create-user'
import { createCheckAvailability } from './actions/check-availability'
import { createDiagnose } from './actions/diagnose'
import { createRateSession } from './actions/rate-session'
import { createStartHitl } from './actions/start-hitl'
import { createStopHitl } from './actions/stop-hitl'
import * as bp from './bp'
import { createHitlChannel } from './channels/hitl'
import { createMemory, type Memory } from './session/memory'
import { createReport, reporting } from './session/report'
import { createRegister } from './setup/register'
import { createUnregister } from './setup/unregister'
import { systemRuntime, type Runtime } from './shared/runtime'
import { createWebhookHandler } from './webhook/handler'

/** The integration over any time, chance and memory; tests pass their own. */
export const createIntegration = (runtime: Runtime, memory: Memory): bp.Integration => {
  const report = createReport(runtime)
  return new bp.Integration({
    register: reporting(report, 'register', createRegister(runtime, memory)),
    unregister: reporting(report, 'unregister', createUnregister(runtime, memory)),
    actions: {
      createUser: reporting(report, 'createUser', createUser),
      startHitl: reporting(report, 'startHitl', createStartHitl(runtime, memory)),
      stopHitl: reporting(report, 'stopHitl', createStopHitl(runtime, memory)),
      checkAvailability: reporting(report, 'checkAvailability', createCheckAvailability(runtime, memory)),
      rateSession: reporting(report, 'rateSession', createRateSession(runtime, memory)),
      diagnose: reporting(report, 'diagnose', createDiagnose(runtime, memory)),
    },
    channels: { hitl: createHitlChannel(runtime, memory, report) },
    handler: createWebhookHandler(runtime, memory, report),
  })
}

export default createIntegration(systemRuntime, createMemory(systemRuntime))
