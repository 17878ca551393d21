import { chatOf, closeAsAgent, comesToMe, isWithMe, join, openThread, setStatus } from '../chats'
import { onHook } from '../hooks'
import { listAt, textAt } from '../json'
import type { Arrival } from '../receiver'
import type { Tell } from '../sighting'
import { arrival, arrivalsAfterQuiet, limits, until, type Stage } from '../stage'
import type { Act } from './act'
import { lookAtPastAgents, lookAtQueue, usersOf } from './waiting'

/** How chats get their first agent: at once, and out of the queue. */
export const assignment: Act = {
  title: 'How chats get an agent',
  beliefs: [
    'chatTransferredOnFirstAssignment',
    'transferReasonPrefix',
    'queuePlaceInProperties',
    'pinnedAfterCustomerClose',
    'pastAgents',
  ],
  play: async (stage, tell) => {
    const { first, second } = stage.customers
    await setStatus(stage, 'accepting_chats')
    const atOnce = await startWithAgent(stage)
    const isTransferTold = await transferToMyself(stage, atOnce.threadId)
    const wasWithMe = isWithMe(stage, await usersOf(stage))
    await closeAsAgent(stage, first)
    const afterClose = await usersOf(stage)

    await setStatus(stage, 'not_accepting_chats')
    await openThread(stage, second)
    const waiting = await openThread(stage, first)
    if (wasWithMe) lookAtPastAgents(stage, tell, afterClose, await usersOf(stage))
    else tell('pastAgents', { notSeen: 'the agent was not in the chat before' })
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
