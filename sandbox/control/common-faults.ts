import type { FaultEffect } from '../faults'
import type { System } from '../start-sandbox'
import { ControlError } from './errors'
import type { CommonFault } from './views'

type Armed = CommonFault & { arm: (system: System) => void | Promise<void> }

const SEND = 'customer/send_event'
/** The two ways in which a message reaches the end user: the first of an agent comes together with the agent. */
const CREATE = /^POST \/v1\/chat\/(messages\/get-or-create|initialize-incoming-message)$/

const inLiveChat =
  (effect: FaultEffect) =>
  ({ faults }: System): void =>
    void faults.livechat.add({ route: SEND, effect })

const faults: Armed[] = [
  {
    id: 'drop-answer',
    title: 'Lose LiveChat’s next reply',
    explains: 'LiveChat takes the next message, but its answer is lost. The integration looks before it sends again.',
    arm: inLiveChat({ kind: 'reset', when: 'after' }),
  },
  {
    id: 'deliver-twice',
    title: 'Deliver twice',
    explains: 'LiveChat sends its next webhook twice. The end user reads the message once.',
    arm: deliverTwice,
  },
  {
    id: 'expire-token',
    title: 'Expire the token',
    explains: 'Customer tokens end now. The integration renews its own with the next call.',
    arm: ({ livechat }) => livechat.license.expireTokens(),
  },
  {
    id: 'refuse-message',
    title: 'Botpress answers 503',
    explains: 'Botpress refuses the next message for the end user. LiveChat delivers it again after about 10 seconds.',
    arm: ({ faults: { botpress } }) =>
      void botpress.add({ route: CREATE, times: 2, effect: { kind: 'status', status: 503 } }),
  },
  {
    id: 'rate-limit',
    title: 'Rate limit',
    explains: 'LiveChat answers the next message with 429 and asks for a wait of 2 seconds.',
    arm: inLiveChat({
      kind: 'status',
      status: 429,
      headers: { 'retry-after': '2' },
      body: { error: { type: 'too_many_requests', message: 'Too many requests' } },
    }),
  },
  {
    id: 'slow-answer',
    title: 'Answer slowly',
    explains: 'LiveChat takes 3 seconds for the next message.',
    arm: inLiveChat({ kind: 'delay', delayMs: 3_000 }),
  },
  {
    id: 'restart',
    title: 'Kill the process',
    explains: 'The integration loses all it holds in memory, and starts again.',
    arm: ({ integration }) => integration.restart(),
  },
]

/** Delivers once: the knob is reset when the next webhook with an event has left. */
function deliverTwice({ livechat, ledger }: System): void {
  if (livechat.knobs.webhookDuplicates > 1) return
  livechat.knobs.webhookDuplicates = 2
  const stop = ledger.subscribe(({ kind, name }) => {
    if (kind !== 'delivery' || name !== 'webhook/incoming_event') return
    livechat.knobs.webhookDuplicates = 1
    stop()
  })
}

/** Faults that the page offers as buttons. */
export const commonFaults: CommonFault[] = faults.map(({ id, title, explains }) => ({ id, title, explains }))

export const armCommonFault = async (system: System, id: string): Promise<void> => {
  const fault = faults.find((candidate) => candidate.id === id)
  if (!fault) throw new ControlError(404, `There is no common fault ${id}`)
  await fault.arm(system)
}
