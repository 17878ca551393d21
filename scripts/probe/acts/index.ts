import type { Act } from './act'
import { agentWords } from './agent-words'
import { assignment } from './assignment'
import { closing } from './closing'
import { customerEvents } from './customer-events'
import { fourthWebhook } from './fourth-webhook'
import { habits } from './habits'
import { identity } from './identity'
import { refusals } from './refusals'
import { reopening } from './reopening'
import { warmUp } from './warm-up'
import { workingHours } from './working-hours'

/** In the order of playing. What needs no webhooks comes first; `habits` looks back at all deliveries. */
export const acts: readonly Act[] = [
  identity,
  workingHours,
  fourthWebhook,
  refusals,
  closing,
  warmUp,
  customerEvents,
  agentWords,
  assignment,
  reopening,
  habits,
]
