import { createUser } from './actions/create-user'
import { createStartHitl } from './actions/start-hitl'
import { createStopHitl } from './actions/stop-hitl'
import * as bp from './bp'
import { createHitlChannel } from './channels/hitl'
import { createMemory } from './session/memory'
import { createRegister } from './setup/register'
import { unregister } from './setup/unregister'
import { systemRuntime } from './shared/runtime'
import { createWebhookHandler } from './webhook/handler'

const memory = createMemory(systemRuntime)

export default new bp.Integration({
  register: createRegister(systemRuntime, memory),
  unregister,
  actions: {
    createUser,
    startHitl: createStartHitl(systemRuntime, memory),
    stopHitl: createStopHitl(systemRuntime, memory),
  },
  channels: { hitl: createHitlChannel(systemRuntime, memory) },
  handler: createWebhookHandler(systemRuntime, memory),
})
