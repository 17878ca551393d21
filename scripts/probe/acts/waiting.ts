import { accepted } from '../calls'
import { chatOf, readAsAgent, readAsCustomer } from '../chats'
import { onHook } from '../hooks'
import { at, listAt, textAt } from '../json'
import type { Tell } from '../sighting'
import { arrival, arrivalsAfterQuiet, type Stage } from '../stage'

/** The second leaves, so the first moves up. */
export const lookAtQueue = async (stage: Stage, tell: Tell, threadId: string): Promise<void> => {
  const { first, second } = stage.customers
  const place = async (): Promise<unknown> => at(await readAsCustomer(first), 'thread', 'queue', 'position')
  const before = await place()
  await lookAtPin(stage, tell, async () => {
    accepted('deactivate_chat', await second.call('deactivate_chat', { id: chatOf(second) }))
  })
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

/** The second's chat waits. `close` closes it as its customer. */
const lookAtPin = async (stage: Stage, tell: Tell, close: () => Promise<void>): Promise<void> => {
  const { second } = stage.customers
  const pin = async (): Promise<unknown> => at(await readAsAgent(stage, second), 'properties', 'routing', 'pinned')
  const waiting = await pin()
  await close()
  const closed = await pin()
  const body = { id: chatOf(second), properties: { routing: { pinned: false } } }
  const { outcome } = await stage.agent('update_chat_properties', body)
  if (waiting !== true) return tell('pinnedAfterCustomerClose', { notSeen: 'the chat was not pinned while it waited' })
  tell('pinnedAfterCustomerClose', {
    value: closed === true,
    seen: `routing.pinned is ${String(closed)}; an agent's change to false was ${outcome}`,
    control: 'while the chat waited, it was true',
  })
}

/** The users of the first's chat, as agents read them. */
export const usersOf = async (stage: Stage): Promise<unknown[]> =>
  listAt(await readAsAgent(stage, stage.customers.first), 'users')

/** The owner was the agent of the thread before, and is not in the one that waits. */
export const lookAtPastAgents = ({ me }: Stage, tell: Tell, afterClose: unknown[], reopened: unknown[]): void => {
  const presence = (users: unknown[]): string => {
    const own = users.find((user) => textAt(user, 'id') === me.email)
    if (own === undefined) return 'not listed'
    return at(own, 'present') === false ? 'not present' : 'present'
  }
  const [closed, waiting] = [presence(afterClose), presence(reopened)]
  const values: Record<string, string> = {
    'not present, not present': 'notPresentAtClose',
    'present, not present': 'notPresentAtReopening',
    'present, not listed': 'removedAtReopening',
  }
  const value = values[`${closed}, ${waiting}`]
  tell('pastAgents', {
    ...(value === undefined ? {} : { value }),
    seen: `After the close the agent is ${closed}; in the next thread, which waits, ${waiting}`,
    control: 'before the close, the agent was present',
  })
}
