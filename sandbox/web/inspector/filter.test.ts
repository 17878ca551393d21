import { describe, expect, it } from 'vitest'
import type { EntryRow } from '../../control/views'
import type { Group } from '../live/state'
import { groupPasses, noFilter, rowPasses } from './filter'

const row: EntryRow = {
  ...{ seq: 1, atMs: 0, side: 'livechat', kind: 'call', name: 'customer/send_event', status: 503 },
  ...{ personId: 'person-1', summary: 'chatId ABC', fault: 'status' },
}
const group: Group = {
  id: 'cause-1',
  cause: { id: 1, atMs: 0, from: 'customer', who: 'Teal Visitor', title: 'My kettle leaks', personId: 'person-1' },
  rows: [row],
}

describe('a filter', () => {
  it.each([
    [{ side: 'livechat' }, true],
    [{ side: 'botpress' }, false],
    [{ status: 'failed' }, true],
    [{ status: 'good' }, false],
    [{ status: 'fault' }, true],
    [{ route: 'customer/send_event' }, true],
    [{ route: 'customer/get_chat' }, false],
    [{ personId: 'person-1' }, true],
    [{ personId: 'person-2' }, false],
    [{ search: 'SEND_event' }, true],
    [{ search: '503' }, true],
    [{ search: 'abc' }, true],
    [{ search: 'nothing' }, false],
  ])('%o', (part, passes) => {
    expect(rowPasses({ ...noFilter, ...part }, row)).toBe(passes)
    expect(groupPasses({ ...noFilter, ...part }, group)).toBe(passes)
  })

  it('finds a group by the words that set it off', () => {
    expect(groupPasses({ ...noFilter, search: 'kettle' }, group)).toBe(true)
    expect(groupPasses({ ...noFilter, search: 'kettle', side: 'botpress' }, group)).toBe(false)
  })

  it('shows a message that has caused nothing yet', () => {
    expect(groupPasses({ ...noFilter, personId: 'person-1' }, { ...group, rows: [] })).toBe(true)
  })
})
