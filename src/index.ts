import { createUser } from './actions/create-user'
import { createCheckAvailability } from './actions/check-availability'
import { createRateSession } from './actions/rate-session'
import { createStartHitl } from './actions/start-hitl'
import { createStopHitl } from './actions/stop-hitl'
import * as bp from './bp'
import { createHitlChannel } from './channels/hitl'
import { createMemory, type Memory } from './session/memory'
import { createRegister } from './setup/register'
import { unregister } from './setup/unregister'
import { systemRuntime, type Runtime } from './shared/runtime'
import { createWebhookHandler } from './webhook/handler'

/** The integration over any time, chance and memory; tests pass their own. */
export const createIntegration = (runtime: Runtime, memory: Memory): bp.Integration =>
  new bp.Integration({
    register: createRegister(runtime, memory),
    unregister,
    actions: {
      createUser,
      startHitl: createStartHitl(runtime, memory),
      stopHitl: createStopHitl(runtime, memory),
      checkAvailability: createCheckAvailability(runtime, memory),
      rateSession: createRateSession(runtime, memory),
    },
    channels: { hitl: createHitlChannel(runtime, memory) },
    handler: createWebhookHandler(runtime, memory),
  })

export default createIntegration(systemRuntime, createMemory(systemRuntime))
