import { describe, expect, it } from 'vitest'
import type { EntryRow } from '../../control/views'
import { inOrder, summaryOf } from './outcome'

const call = (seq: number, rest: Partial<EntryRow> = {}): EntryRow => ({
  ...{ seq, atMs: 0, side: 'livechat', kind: 'call', name: 'customer/send_event', status: 200, summary: '' },
  ...{ startedMs: seq * 10, durationMs: 5, ...rest },
})
const lost = (seq: number): EntryRow => {
  const { status: _, ...row } = call(seq, { fault: 'reset' })
  return row
}
/** What a request changed is recorded before its answer. */
const added = (seq: number): EntryRow => ({
  ...{ seq, atMs: 0, side: 'livechat', kind: 'effect', name: 'event_added', summary: '', startedMs: seq * 10 + 12 },
})
const group = (...rows: EntryRow[]) => summaryOf({ id: 'cause-1', rows })

describe('a group', () => {
  it.each([
    ['went well', [call(1), call(2)], 'good'],
    ['failed', [call(1), call(2, { status: 500 })], 'failed'],
    ['was healed by a later try', [call(1, { status: 503 }), call(2, { attempt: 2 })], 'healed'],
    ['was healed after a lost answer', [lost(1), call(2)], 'healed'],
    [
      'was healed by a look: the lost request had worked',
      [added(1), lost(2), call(3, { name: 'customer/get_chat' })],
      'healed',
    ],
    ['failed for good: another request went well', [lost(1), call(2, { name: 'customer/get_chat' })], 'failed'],
    ['only changed something', [call(1, { kind: 'effect' })], 'none'],
  ])('%s', (_name, rows, outcome) => {
    expect(group(...rows).outcome).toBe(outcome)
  })

  it('tells its faults, its tries and its time from the first start to the last end', () => {
    expect(group(lost(1), call(4, { attempt: 3 }))).toMatchObject({ faults: ['reset'], tries: 3, durationMs: 35 })
  })

  it('counts a webhook once, however often it is passed on', () => {
    const rows = ['webhook/incoming_event', 'webhook/receive', 'operation/webhook_received'].map((name, index) =>
      call(index + 1, { name, kind: 'delivery' }),
    )
    expect(group(...rows).calls).toBe(1)
  })

  it('lists requests in the order in which they began', () => {
    const outer = call(3, { startedMs: 0 })
    expect(inOrder([call(1, { startedMs: 5 }), call(2, { startedMs: 6 }), outer])[0]).toBe(outer)
  })
})
