import { closeAsAgent, message, openServedThread, readAsAgent, readAsCustomer, sayAsAgent } from '../chats'
import { at, listAt, textAt } from '../json'
import type { Act } from './act'

const remarkTypes = ['system_message', 'system']

/** What a thread says about its own end. */
export const closing: Act = {
  title: 'How a closed thread looks',
  beliefs: ['closingRemarkAs', 'closingRemarksForAgentsOnly'],
  play: async (stage, tell) => {
    const { first } = stage.customers
    await openServedThread(stage, first)
    await sayAsAgent(stage, first, message(`${stage.runId}-last`, 'Probe: the last words.'))
    await closeAsAgent(stage, first)
    const [byAgent, byCustomer] = [await readAsAgent(stage, first), await readAsCustomer(first)]
    const last = listAt(byAgent, 'thread', 'events').at(-1)
    const [type, id] = [textAt(last, 'type') ?? '', textAt(last, 'id')]
    const isClosed = at(byAgent, 'thread', 'active') === false
    if (!isClosed || !remarkTypes.includes(type)) {
      const notSeen = isClosed ? 'agents read no remark' : 'the thread is still active'
      tell('closingRemarkAs', { notSeen })
      return tell('closingRemarksForAgentsOnly', { notSeen })
    }
    tell('closingRemarkAs', {
      value: type,
      seen: `As ${type} ${textAt(last, 'system_message_type') ?? textAt(last, 'subtype') ?? ''}`.trim(),
      control: 'it is the last event of a thread that has just been closed',
    })
    const customersEvents = listAt(byCustomer, 'thread', 'events')
    const isShown = customersEvents.some((event) => textAt(event, 'id') === id)
    const isControlled = customersEvents.some((event) => textAt(event, 'custom_id') === `${stage.runId}-last`)
    tell(
      'closingRemarksForAgentsOnly',
      isControlled || isShown
        ? {
            value: !isShown,
            seen: isShown ? 'No: the customer reads it' : 'Yes: only agents read it',
            control: "the customer reads the agent's last words in the same thread",
          }
        : { notSeen: 'the customer reads nothing of this thread' },
    )
  },
}
