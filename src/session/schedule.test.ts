import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fakeScope } from '../../test/helpers/fake-scope'
import type { Scope } from '../operation/scope'
import { spacingMs } from './drop-window'
import { afterAllOthers, atCreation, happenedOf, nextSchedule, noteMessageCreated, stopAtMs } from './schedule'
import { toSession, type Session } from './session'

const createdAtMs = Date.parse('2025-01-01T00:00:00Z')

const createWorld = () => {
  let nowMs = createdAtMs
  const scope = fakeScope(() => nowMs)
  /** When something that is sent at this age is processed. Both are milliseconds since the session's creation. */
  const dueAgeAt = (ageMs: number, session = sessionOf('conversation-1')): number => {
    nowMs = createdAtMs + ageMs
    const { schedule } = nextSchedule(scope, session)
    return (schedule && 'dateTime' in schedule ? Date.parse(schedule.dateTime) : nowMs) - createdAtMs
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
  const createdAt = new Date(createdAtMs).toISOString()
  return toSession({ id, createdAt, updatedAt: createdAt, tags }, createdAtMs)!
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

describe('what an agent wrote in the window', () => {
  const at = (ageMs: number) => new Date(createdAtMs + ageMs).toISOString()
  const event = (ageMs: number, number: number) => ({ id: `THREAD_${number}`, created_at: at(ageMs) })
  const seenBy = (nowMs: () => number, clock?: { aheadMs: number }): Scope => {
    const scope = fakeScope(nowMs)
    return { ...scope, memory: { ...scope.memory, clock: () => clock } }
  }
  const session = sessionOf('conversation-1')

  const dueOf = ({ schedule }: ReturnType<typeof nextSchedule>): number =>
    schedule && 'dateTime' in schedule ? Date.parse(schedule.dateTime) : 0

  it('is due at the same time, whenever a process gets it', () => {
    for (const arrivedMs of [1_000, 2_000, 4_000]) {
      const scope = seenBy(() => createdAtMs + arrivedMs)
      expect(nextSchedule(scope, session, happenedOf(event(1_000, 3)))).toEqual({ schedule: { dateTime: at(5_500) } })
    }
  })

  it('keeps its order although the later line comes first', () => {
    const scope = seenBy(() => createdAtMs + 3_000)
    const later = nextSchedule(scope, session, happenedOf(event(2_000, 3)))
    const earlier = nextSchedule(scope, session, happenedOf(event(1_000, 2)))
    expect([earlier, later]).toEqual([{ schedule: { dateTime: at(5_400) } }, { schedule: { dateTime: at(5_700) } }])
  })

  it.each([-600_000, 600_000])('is due at the right time for a clock that is %i ms ahead', (aheadMs) => {
    const scope = seenBy(() => createdAtMs + 1_000 + aheadMs, { aheadMs })
    expect(nextSchedule(scope, session, happenedOf(event(1_000, 1)))).toEqual({ schedule: { dateTime: at(5_300) } })
  })

  it('waits for the plugin if a process that cannot know the time finds it old', () => {
    const scope = seenBy(() => createdAtMs + 600_000)
    expect(nextSchedule(scope, session, happenedOf(event(1_000, 1)))).toEqual({ schedule: { delay: 4_300 } })
  })

  it('is sent at once if it comes late for certain', () => {
    const scope = seenBy(() => createdAtMs + 60_000, { aheadMs: 0 })
    expect(nextSchedule(scope, session, happenedOf(event(1_000, 1)))).toEqual({})
  })

  it.each([1, 9, 12])('comes before a text of our own that another process says later, as event %i', (place) => {
    const words = nextSchedule(
      seenBy(() => createdAtMs + 500),
      session,
      happenedOf(event(400, place)),
    )
    const otherProcess = seenBy(() => createdAtMs + 600)
    const ours = nextSchedule(otherProcess, session, afterAllOthers(otherProcess))
    expect(dueOf(ours)).toBeGreaterThan(dueOf(words))
  })

  it('comes after the announcement of the first agent', () => {
    const scope = seenBy(() => createdAtMs + 500)
    const announced = nextSchedule(scope, session, atCreation(session))
    const words = nextSchedule(scope, session, happenedOf(event(-100, 1)))
    expect([announced, words]).toEqual([{ schedule: { dateTime: at(5_000) } }, { schedule: { dateTime: at(5_100) } }])
  })
})

describe('an end', () => {
  const session = sessionOf('conversation-1')

  it.each([
    ['in the window, after all that may have happened there', 1_000, 8_500],
    ['in a quiet session, at once', 60_000, 60_000],
  ])('%s', (_name, ageMs, dueAgeMs) => {
    expect(
      stopAtMs(
        fakeScope(() => createdAtMs + ageMs),
        session,
      ) - createdAtMs,
    ).toBe(dueAgeMs)
  })

  it('right after a message, a second after it', () => {
    const scope = fakeScope(() => createdAtMs + 60_000)
    noteMessageCreated(scope, session)
    expect(stopAtMs(scope, session) - createdAtMs).toBe(61_000)
  })

  it('after words that wait for the plugin in a process that cannot know the time, though it learns the time then', () => {
    const scope = fakeScope(() => createdAtMs + 600_000)
    const known: { clock?: { aheadMs: number } } = {}
    const process = { ...scope, memory: { ...scope.memory, clock: () => known.clock } }
    const happened = { atMs: createdAtMs + 1_000, place: 1 }
    expect(nextSchedule(process, session, happened)).toEqual({ schedule: { delay: 4_300 } })
    known.clock = { aheadMs: 588_000 }
    expect(stopAtMs(process, session) - createdAtMs).toBe(12_000 + 4_300 + spacingMs)
    const later = nextSchedule(process, session, { atMs: createdAtMs + 11_000, place: 2 })
    expect(later).toEqual({ schedule: { dateTime: new Date(createdAtMs + 12_000 + 4_300 + spacingMs).toISOString() } })
  })

  it('without the last read, half a minute later', () => {
    const scope = fakeScope(() => createdAtMs + 60_000)
    expect(stopAtMs(scope, session, { isIncomplete: true }) - createdAtMs).toBe(90_000)
  })
})
