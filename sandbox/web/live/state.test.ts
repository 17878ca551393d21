import { describe, expect, it } from 'vitest'
import type { ChatView, EntryRow, PersonView, Snapshot } from '../../control/views'
import { apply, emptyLive, type Live } from './state'

const person = (id: string): PersonView => ({
  id,
  name: id,
  email: '',
  session: { active: false },
  messages: [],
  ids: [],
})
const chat = (chatId: string): ChatView => ({
  ...{ chatId, threadId: 't', state: 'assigned', groupIds: [], agentIds: [], tags: [], transcript: [] },
  customer: { id: 'c', name: 'Teal', sessionFields: [] },
})
const state: Snapshot = {
  ...{ nowMs: 0, agents: [], groups: [], faults: [], duplicatesNext: false, routing: 'manual', log: [], botEvents: [] },
  installation: { status: 'registered', webhookUrl: '' },
  people: ['a', 'b'].map(person),
  chats: ['x', 'y'].map(chat),
}
const hello = (): Live => apply(emptyLive, { type: 'hello', state, causes: [], entries: [] })
const row = (seq: number, cause?: number): EntryRow => ({
  ...{ seq, atMs: 0, side: 'livechat', kind: 'call', name: 'customer/send_event', summary: '' },
  ...(cause === undefined ? {} : { cause }),
})
const cause = (id: number) => ({ id, atMs: 0, from: 'customer', who: 'Teal', title: 'Hello' }) as const
const words = (text: string) => ({ from: 'me', type: 'text', payload: { text }, atMs: 0 })

describe('a change', () => {
  it('to one person leaves everything else as it is', () => {
    const before = hello()
    const after = apply(before, {
      type: 'change',
      state: { people: [{ ...person('b'), messages: { from: 0, items: [words('Hello')] } }] },
    })
    expect(after.state?.people[1]?.messages).toHaveLength(1)
    expect(after.state?.people[0]).toBe(before.state?.people[0])
    expect(after.state?.chats).toBe(before.state?.chats)
    expect(after.groups).toBe(before.groups)
  })

  it('adds to a list, and replaces what has changed in it', () => {
    const say = (live: Live, from: number, ...texts: string[]): Live =>
      apply(live, {
        type: 'change',
        state: { people: [{ ...person('a'), messages: { from, items: texts.map(words) } }] },
      })
    const one = say(hello(), 0, 'first', 'second')
    const two = say(one, 1, 'corrected', 'third')
    expect(two.state?.people[0]?.messages.map(({ payload }) => payload.text)).toEqual(['first', 'corrected', 'third'])
    expect(two.state?.people[0]?.messages[0]).toBe(one.state?.people[0]?.messages[0])
  })

  it('shows whoever is new after the others', () => {
    const after = apply(hello(), {
      type: 'change',
      state: { people: [{ ...person('c'), messages: { from: 0, items: [] } }] },
    })
    expect(after.state?.people.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  })
})

describe('entries', () => {
  it('lie in the group of their cause, and alone without one', () => {
    const live = apply(hello(), {
      type: 'change',
      causes: [cause(1), cause(2)],
      entries: [row(1, 1), row(2), row(3, 1)],
    })
    expect(live.groups.map(({ rows }) => rows.map(({ seq }) => seq))).toEqual([[1, 3], [], [2]])
  })

  it('of one cause change only the group of that cause', () => {
    const before = apply(hello(), { type: 'change', causes: [cause(1), cause(2)], entries: [row(1, 1), row(2, 2)] })
    const after = apply(before, { type: 'change', entries: [row(3, 2)] })
    expect(after.groups[0]).toBe(before.groups[0])
    expect(after.groups[1]?.rows).toHaveLength(2)
  })

  it('of a run that has ended are forgotten when the next run begins', () => {
    const before = apply(hello(), { type: 'change', causes: [cause(1)], entries: [row(1, 1)] })
    expect(apply(before, { type: 'hello', state, causes: [], entries: [] })).toMatchObject({ rows: [], groups: [] })
  })
})
