import { expect, it } from 'vitest'
import { StateChanges } from './state-changes'
import type { PersonView, Snapshot } from './views'

const words = (text: string, delivery?: 'pending') => ({
  ...{ from: 'me', type: 'text', payload: { text }, atMs: 0 },
  ...(delivery ? { delivery } : {}),
})
const person = (id: string, ...messages: PersonView['messages']): PersonView => ({
  ...{ id, name: id, email: '', session: { active: false }, messages, ids: [] },
})
const state = (...people: PersonView[]): Snapshot => ({
  ...{ nowMs: 0, people, agents: [], groups: [], chats: [], faults: [], duplicatesNext: false, routing: 'manual' },
  ...{ log: [], botEvents: [], installation: { status: 'registered', webhookUrl: '' } },
})

it('tells everything at first, and nothing when nothing has changed', () => {
  const changes = new StateChanges()
  expect(changes.since(state(person('a')))).toMatchObject({ people: [{ id: 'a' }], routing: 'manual' })
  expect(changes.since(state(person('a')))).toBeUndefined()
})

it.each([
  ['a new message', [words('one'), words('two')], { from: 1, items: [words('two')] }],
  ['a message that has changed', [words('ONE')], { from: 0, items: [words('ONE')] }],
  ['a message that has arrived', [words('one', 'pending')], { from: 0, items: [words('one', 'pending')] }],
])('tells %s, and not the messages before it', (_name, messages, change) => {
  const changes = new StateChanges()
  changes.since(state(person('a', words('one')), person('b', words('other'))))
  const told = changes.since(state(person('a', ...messages), person('b', words('other'))))
  expect(told?.people).toEqual([{ ...person('a'), messages: change }])
  expect(told).not.toHaveProperty('routing')
})
