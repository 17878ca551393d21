import { accepted } from '../calls'
import {
  chatOf,
  closeAsAgent,
  isWithMe,
  message,
  openServedThread,
  readAsAgent,
  readAsCustomer,
  sayAsAgent,
} from '../chats'
import { brings, isEvent, onHook } from '../hooks'
import { listAt, textAt } from '../json'
import type { Tell } from '../sighting'
import { arrival, arrivalsAfterQuiet, limits, until, type Stage } from '../stage'
import type { Act } from './act'

/** What agents write, and how the webhooks of it come. */
export const agentWords: Act = {
  title: 'What agents write',
  beliefs: ['agentIdShape', 'webhookOrder', 'webhookDuplicates', 'ownWordsLeftOut', 'pressUpdatesEvent'],
  play: async (stage, tell) => {
    const threadId = await openServedThread(stage, stage.customers.first)
    await lookAtAgentId(stage, tell)
    await lookAtOrder(stage, tell, threadId)
    await lookAtCopies(stage, tell, threadId)
    await lookAtOwnWords(stage, tell, threadId)
    await lookAtPress(stage, tell, threadId)
    await closeAsAgent(stage, stage.customers.first)
  },
}

const lookAtAgentId = async (stage: Stage, tell: Tell): Promise<void> => {
  const { first } = stage.customers
  await sayAsAgent(stage, first, message(`${stage.runId}-hello`, 'Probe: an agent writes.'))
  const isThere = isWithMe(stage, listAt(await readAsAgent(stage, first), 'users'))
  const agents = listAt(await readAsCustomer(first), 'users').filter((user) => textAt(user, 'type') === 'agent')
  const ids = agents.flatMap((user) => textAt(user, 'id') ?? [])
  if (!isThere || ids.length === 0) return tell('agentIdShape', { notSeen: 'the customer sees no agent in the chat' })
  const isEmail = ids.includes(stage.me.email)
  tell('agentIdShape', {
    value: isEmail ? 'email' : 'hex',
    seen: isEmail ? 'As the e-mail address' : 'As an id of its own',
    control: 'agents see the same agent by the e-mail address',
  })
}

/** The receiver keeps one delivery waiting. If LiveChat answers the call meanwhile, it does not wait for webhooks. */
const lookAtOrder = async (stage: Stage, tell: Tell, threadId: string): Promise<void> => {
  const customId = `${stage.runId}-order`
  const isOurs = onHook('words', threadId, ({ payload }) => textAt(payload, 'event', 'custom_id') === customId)
  const held = stage.receiver.holdNext(isOurs)
  try {
    const call = sayAsAgent(stage, stage.customers.first, message(customId, 'Probe: is this call answered at once?'))
    const isAnswered = call.then(() => true)
    const isKept = held.arrived.then(() => stage.wait(limits.holdMs)).then(() => false)
    const isAfter = await Promise.race([isAnswered, isKept])
    held.release()
    await call
    const isDelivered = (await arrival(stage, isOurs)) !== undefined
    tell(
      'webhookOrder',
      isDelivered
        ? {
            value: isAfter ? 'after' : 'before',
            seen: isAfter
              ? 'The call was answered while its webhook had no answer yet'
              : 'The call was answered only after its webhook had been answered',
            control: 'the webhook of this call came, and its answer was held back',
          }
        : { notSeen: 'no webhook came' },
    )
  } finally {
    held.release()
  }
}

const lookAtCopies = async (stage: Stage, tell: Tell, threadId: string): Promise<void> => {
  const { receiver, customers } = stage
  const say = (name: string) =>
    sayAsAgent(stage, customers.first, message(`${stage.runId}-${name}`, `Probe: line ${name}.`))
  const ids = [await say('one'), await say('two'), await say('three')]
  const isWanted = onHook('words', threadId, ({ payload }) => ids.includes(textAt(payload, 'event', 'id') ?? ''))
  const copies = ids.map(() => 0)
  for (const { payload } of await arrivalsAfterQuiet(stage, isWanted)) {
    const index = ids.indexOf(textAt(payload, 'event', 'id') ?? '')
    copies[index] = (copies[index] ?? 0) + 1
  }
  if (copies.includes(0)) return tell('webhookDuplicates', { notSeen: 'not all webhooks came' })

  const customId = `${stage.runId}-failed`
  const isFailed = onHook('words', threadId, ({ payload }) => textAt(payload, 'event', 'custom_id') === customId)
  receiver.failNext(isFailed)
  await sayAsAgent(stage, customers.first, message(customId, 'Probe: this webhook fails once.'))
  const usual = Math.min(...copies)
  const isRedelivered = await until(stage, limits.redeliveryMs, () =>
    receiver.arrivals().filter(isFailed).length > usual ? true : undefined,
  )
  if (usual === 1 && !isRedelivered)
    return tell('webhookDuplicates', { notSeen: 'not even a webhook that was answered with 500 came twice' })
  tell('webhookDuplicates', {
    value: usual,
    seen: `Of three messages came: ${copies.join(', ')}`,
    control: `a webhook that was answered with 500 ${isRedelivered ? 'came again' : 'did not come again'}`,
  })
}

const lookAtOwnWords = async (stage: Stage, tell: Tell, threadId: string): Promise<void> => {
  const { first } = stage.customers
  const event = message(`${stage.runId}-own`, 'Probe: a customer writes.')
  const answer = accepted('send_event', await first.call('send_event', { chat_id: chatOf(first), event }))
  const ownId = textAt(answer.body, 'event_id') ?? ''
  const agentsId = await sayAsAgent(stage, first, message(`${stage.runId}-theirs`, 'Probe: an agent writes.'))
  const isControlled =
    (await brings(stage, 'words', threadId, ownId)) && (await brings(stage, 'filteredWords', threadId, agentsId))
  if (!isControlled) return tell('ownWordsLeftOut', { notSeen: 'not all webhooks came' })
  const late = await arrivalsAfterQuiet(stage, onHook('filteredWords', threadId, isEvent(ownId)))
  tell('ownWordsLeftOut', {
    seen: late.length === 0 ? 'Yes' : "No: the customer's own message came",
    control: "the message came without the filter, and the agent's came with it",
  })
}

const lookAtPress = async (stage: Stage, tell: Tell, threadId: string): Promise<void> => {
  const { first } = stage.customers
  const button = { text: 'Press', postback_id: 'probe', user_ids: [], type: 'message', value: 'pressed' }
  const eventId = await sayAsAgent(stage, first, {
    type: 'rich_message',
    custom_id: `${stage.runId}-buttons`,
    template_id: 'quick_replies',
    elements: [{ title: 'Probe: a button', buttons: [button] }],
  })
  const place = { chat_id: chatOf(first), thread_id: threadId, event_id: eventId }
  const press = { ...place, postback: { id: 'probe', toggled: true } }
  accepted('send_rich_message_postback', await first.call('send_rich_message_postback', press))
  if (!(await arrival(stage, onHook('presses', threadId))))
    return tell('pressUpdatesEvent', { notSeen: 'the press itself did not come' })
  const updates = await arrivalsAfterQuiet(stage, onHook('updates', threadId))
  tell('pressUpdatesEvent', {
    seen: updates.length > 0 ? 'Yes' : 'No',
    control: 'incoming_rich_message_postback came',
  })
}
