import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fakeScope } from '../../test/helpers/fake-scope'
import { nextSchedule } from './schedule'
import { toSession, type Session } from './session'

const createdAtMs = Date.parse('2025-01-01T00:00:00Z')

const createWorld = () => {
  let nowMs = createdAtMs
  const scope = fakeScope(() => nowMs)
  /** When something that is sent at this age is processed. Both are milliseconds since the session's creation. */
  const dueAgeAt = (ageMs: number, session = sessionOf('conversation-1')): number => {
    nowMs = createdAtMs + ageMs
    const { schedule } = nextSchedule(scope, session)
    return (schedule === undefined ? nowMs : Date.parse(schedule.dateTime)) - createdAtMs
  }
  return {
    dueAgeAt,
    scheduleAt: (ageMs: number) => ((nowMs = createdAtMs + ageMs), nextSchedule(scope, sessionOf('conversation-1'))),
  }
}
const sessionOf = (id: string): Session => {
  const tags = {
    livechatChatId: 'chat-1',
    livechatThreadId: `thread of ${id}`,
    livechatCustomerId: 'customer-1',
    botpressUserId: 'user-1',
  }
  return toSession({ id, createdAt: new Date(createdAtMs).toISOString(), tags }, createdAtMs)!
}

describe('nextSchedule', () => {
  it('delays what is sent while the plugin still drops everything', () => {
    expect(createWorld().scheduleAt(1_000)).toEqual({ schedule: { dateTime: '2025-01-01T00:00:05.200Z' } })
  })

  it('sends at once after that', () => {
    expect(createWorld().scheduleAt(60_000)).toEqual({})
  })

  it('keeps apart what is sent in the same millisecond', () => {
    const { dueAgeAt } = createWorld()
    const dueAges = [0, 0, 0, 0].map((ageMs) => dueAgeAt(ageMs))
    expect(new Set(dueAges).size).toBe(4)
    expect(dueAges).toEqual([...dueAges].sort((a, b) => a - b))
  })

  it('lets nothing overtake a long row of items, even after the window', () => {
    const { dueAgeAt } = createWorld()
    const last = Array.from({ length: 50 }, () => dueAgeAt(0)).at(-1)!
    expect(dueAgeAt(6_500)).toBeGreaterThan(last)
    expect(dueAgeAt(last + 60_000)).toBe(last + 60_000)
  })

  it('does not delay another session', () => {
    const { dueAgeAt } = createWorld()
    for (let count = 0; count < 50; count += 1) dueAgeAt(0, sessionOf('conversation-1'))
    expect(dueAgeAt(0, sessionOf('conversation-2'))).toBe(5_000)
  })

  it('never makes a later item due before an earlier one, whenever they are sent', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1_500 }), { maxLength: 40 }), (pauses) => {
        const { dueAgeAt } = createWorld()
        let ageMs = 0
        let lastDueMs = 0
        for (const pauseMs of pauses) {
          ageMs += pauseMs
          const dueMs = dueAgeAt(ageMs)
          expect(dueMs).toBeGreaterThanOrEqual(Math.max(lastDueMs, 5_000, ageMs))
          lastDueMs = dueMs
        }
      }),
    )
  })
})
