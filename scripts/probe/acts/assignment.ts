import { accepted } from '../calls'
import {
  chatOf,
  closeAsAgent,
  comesToMe,
  isWithMe,
  join,
  openThread,
  readAsAgent,
  readAsCustomer,
  setStatus,
} from '../chats'
import { onHook } from '../hooks'
import { at, listAt, textAt } from '../json'
import type { Arrival } from '../receiver'
import type { Tell } from '../sighting'
import { arrival, arrivalsAfterQuiet, limits, until, type Stage } from '../stage'
import type { Act } from './act'

/** How chats get their first agent: at once, and out of the queue. */
export const assignment: Act = {
  title: 'How chats get an agent',
  beliefs: ['chatTransferredOnFirstAssignment', 'transferReasonPrefix', 'queuePlaceInProperties', 'pinnedAfterClose'],
  play: async (stage, tell) => {
    const { first, second } = stage.customers
    await setStatus(stage, 'accepting_chats')
    const atOnce = await startWithAgent(stage)
    const isTransferTold = await transferToMyself(stage, atOnce.threadId)
    await closeAsAgent(stage, first)

    await setStatus(stage, 'not_accepting_chats')
    await openThread(stage, second)
    const waiting = await openThread(stage, first)
    await lookAtQueue(stage, tell, waiting)
    await setStatus(stage, 'accepting_chats')
    const fromQueue = await takeFromQueue(stage, waiting)
    if (fromQueue === undefined) await join(stage, first)
    const isToldAgain = await transferToMyself(stage, waiting)
    await closeAsAgent(stage, first)

    lookAtAssignment(tell, { atOnce: atOnce.told, fromQueue, isControlled: isTransferTold && isToldAgain })
    lookAtReasons(stage, tell)
  },
}

/** The transfers that LiveChat told of its own accord: no agent did them. */
const byItself = ({ payload }: Arrival): boolean => !/manual$/.test(textAt(payload, 'reason') ?? '')

type Started = { threadId: string; told: boolean | undefined }

/** `told`: whether `chat_transferred` came for an agent who was free. Undefined if nobody was free after all. */
const startWithAgent = async (stage: Stage): Promise<Started> => {
  const { first } = stage.customers
  const threadId = await openThread(stage, first)
  const start = await arrival(stage, onHook('starts', threadId))
  const isAtOnce = isWithMe(stage, listAt(start?.payload, 'chat', 'users'))
  const told = (await arrivalsAfterQuiet(stage, onHook('transfers', threadId, byItself))).length > 0
  if (!(await comesToMe(stage, first, 0))) await join(stage, first)
  return { threadId, told: isAtOnce ? told : undefined }
}

/** The control: a transfer that is certainly told. Several, because together with their remarks they show the order. */
const transferToMyself = async (stage: Stage, threadId: string): Promise<boolean> => {
  const target = { type: 'agent', ids: [stage.me.email] }
  const isManual = onHook('transfers', threadId, (one) => !byItself(one))
  for (let count = 1; count <= 2; count += 1) {
    const body = { id: chatOf(stage.customers.first), target, ignore_agents_availability: true }
    if (!(await stage.agent('transfer_chat', { ...body, ignore_requester_presence: true })).isOk) return false
    const came = await until(stage, limits.arrivalMs, () =>
      stage.receiver.arrivals().filter(isManual).length >= count ? true : undefined,
    )
    if (!came) return false
  }
  return true
}

/** The second leaves, so the first moves up. */
const lookAtQueue = async (stage: Stage, tell: Tell, threadId: string): Promise<void> => {
  const { first, second } = stage.customers
  const place = async (): Promise<unknown> => at(await readAsCustomer(first), 'thread', 'queue', 'position')
  const before = await place()
  accepted('deactivate_chat', await second.call('deactivate_chat', { id: chatOf(second) }))
  await lookAtPin(stage, tell)
  const after = await place()
  // A property that LiveChat keeps for trials.
  const properties = { test: { string_property: `probe ${stage.runId}` } }
  const change = { chat_id: chatOf(first), thread_id: threadId, properties }
  accepted('update_thread_properties', await first.call('update_thread_properties', change))
  const control = await arrival(
    stage,
    onHook('properties', threadId, ({ payload }) => at(payload, 'properties', 'test') !== undefined),
  )
  const places = await arrivalsAfterQuiet(
    stage,
    onHook('properties', threadId, ({ payload }) => at(payload, 'properties', 'lc2', 'queue_pos') !== undefined),
  )
  if (places.length === 0 && !control)
    return tell('queuePlaceInProperties', { notSeen: 'no thread_properties_updated came at all' })
  if (places.length === 0 && (typeof before !== 'number' || before === after))
    return tell('queuePlaceInProperties', { notSeen: 'the place in the queue did not change' })
  tell('queuePlaceInProperties', {
    value: places.length > 0,
    seen: places.length > 0 ? 'Yes: lc2.queue_pos' : 'No',
    control: `the place went from ${String(before)} to ${String(after)}${control ? ', and another property was told' : ''}`,
  })
}

const lookAtPin = async (stage: Stage, tell: Tell): Promise<void> => {
  const { second } = stage.customers
  const pin = async (): Promise<unknown> => at(await readAsAgent(stage, second), 'properties', 'routing', 'pinned')
  const before = await pin()
  const body = { id: chatOf(second), properties: { routing: { pinned: false } } }
  const answer = await stage.agent('update_chat_properties', body)
  const after = await pin()
  tell('pinnedAfterClose', {
    seen: before === true ? 'Yes' : `No: routing.pinned is ${String(before)}`,
    control: `an agent's change of it was ${answer.outcome}; then it is ${String(after)}`,
  })
}

/** Whether `chat_transferred` came when the waiting chat got an agent. Undefined if it got none. */
const takeFromQueue = async (stage: Stage, threadId: string): Promise<boolean | undefined> => {
  const { first } = stage.customers
  if (!(await comesToMe(stage, first, limits.assignmentMs))) {
    const words = `In LiveChat's app, signed in as ${stage.me.email}: pick up the waiting chat of “${first.name}”.`
    const isDone = await stage.hands.do('pickUp', chatOf(first), words)
    if (!isDone || !(await comesToMe(stage, first, limits.assignmentMs))) return undefined
  }
  const reasons = await arrivalsAfterQuiet(stage, onHook('transfers', threadId, byItself))
  return reasons.length > 0
}

type Assignments = { atOnce: boolean | undefined; fromQueue: boolean | undefined; isControlled: boolean }

const lookAtAssignment = (tell: Tell, { atOnce, fromQueue, isControlled }: Assignments): void => {
  if (!isControlled && atOnce !== true && fromQueue !== true)
    return tell('chatTransferredOnFirstAssignment', { notSeen: 'no chat_transferred came at all' })
  if (fromQueue === undefined)
    return tell('chatTransferredOnFirstAssignment', { notSeen: 'the waiting chat got no agent' })
  if (atOnce === undefined)
    return tell('chatTransferredOnFirstAssignment', { notSeen: 'no agent was free at the start of a chat' })
  const words = (told: boolean): string => (told ? 'told' : 'not told')
  tell('chatTransferredOnFirstAssignment', {
    ...(atOnce && !fromQueue ? {} : { value: fromQueue ? (atOnce ? 'always' : 'fromQueue') : 'never' }),
    seen: `With a free agent at the start: ${words(atOnce)}; out of the queue: ${words(fromQueue)}`,
    control: isControlled ? 'transfers by an agent in both threads were told' : 'it was told at least once',
  })
}

const lookAtReasons = ({ receiver }: Stage, tell: Tell): void => {
  const transfers = receiver.arrivals().filter(({ hook }) => hook === 'transfers')
  const reasonsOf = (of: Arrival[]): string[] => [
    ...new Set(of.flatMap(({ payload }) => textAt(payload, 'reason') ?? [])),
  ]
  const reasons = reasonsOf(transfers.filter(byItself))
  const byAgents = reasonsOf(transfers.filter((one) => !byItself(one)))
  if (reasons.length === 0) return tell('transferReasonPrefix', { notSeen: 'LiveChat told no automatic transfer' })
  tell('transferReasonPrefix', {
    value: reasons.every((reason) => reason.startsWith('routing.')) ? 'routing' : 'none',
    seen: `The reasons were: ${reasons.join(', ')}`,
    control: `the reasons of an agent's own transfers were: ${byAgents.join(', ') || 'none'}`,
  })
}
