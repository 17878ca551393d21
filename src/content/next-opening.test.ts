import { describe, expect, it } from 'vitest'
import type { Shift, Weekday, WorkSchedule } from '../livechat/work-schedule'
import { nextOpening } from './next-opening'

const at = (time: string): number => Date.parse(time)
const hours = (day: Weekday, start: number, end: number): Shift => ({ day, startMin: start * 60, endMin: end * 60 })
const works = (timeZone: string, ...shifts: Shift[]): WorkSchedule => ({ timeZone, shifts })
const warsaw = 'Europe/Warsaw'
const office = works(
  warsaw,
  ...(['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const).map((day) => hours(day, 9, 17)),
)

// 2026-11-27 is a Friday; Warsaw is an hour ahead of UTC in winter and two in summer.
describe('nextOpening', () => {
  it.each<[string, WorkSchedule[], string, string]>([
    ['early on a working day', [office], '2026-11-27T06:00:00Z', '2026-11-27T09:00'],
    ['on Friday evening', [office], '2026-11-27T20:00:00Z', '2026-11-30T09:00'],
    ['just when they go home', [office], '2026-11-27T16:00:00Z', '2026-11-30T09:00'],
    ['the day before', [office], '2026-11-25T23:30:00Z', '2026-11-26T09:00'],
    [
      'when one begins before the other',
      [office, works(warsaw, hours('saturday', 10, 12))],
      '2026-11-27T20:00:00Z',
      '2026-11-28T10:00',
    ],
    [
      'who works once a week, a minute too late',
      [works(warsaw, hours('friday', 9, 10))],
      '2026-11-27T09:01:00Z',
      '2026-12-04T09:00',
    ],
    [
      'when the clocks go forward that night',
      [works(warsaw, hours('sunday', 9, 17))],
      '2026-03-28T20:00:00Z',
      '2026-03-29T09:00',
    ],
    [
      'when the clocks go back that night',
      [works(warsaw, hours('sunday', 9, 17))],
      '2026-10-24T20:00:00Z',
      '2026-10-25T09:00',
    ],
  ])('is the beginning of the next shift: %s', (_, schedules, now, local) => {
    const opening = nextOpening(schedules, at(now))
    expect(opening).toMatchObject({ local, timeZone: warsaw })
    // The clocks of that place show the local time at that moment.
    const shown = new Date(opening?.at ?? '').toLocaleString('sv-SE', { timeZone: warsaw }).replace(' ', 'T')
    expect(shown.slice(0, 16)).toBe(local)
  })

  it('is on the clocks of the agent who comes first', () => {
    const tokyo = works('Asia/Tokyo', hours('monday', 9, 17))
    expect(nextOpening([office, tokyo], at('2026-11-28T12:00:00Z'))).toEqual({
      at: '2026-11-30T00:00:00.000Z',
      local: '2026-11-30T09:00',
      timeZone: 'Asia/Tokyo',
    })
  })

  it.each<[string, Parameters<typeof nextOpening>[0], string]>([
    ['nobody has fixed hours', ['none', 'none'], '2026-11-27T06:00:00Z'],
    ['there is nobody', [], '2026-11-27T06:00:00Z'],
    ['the hours of one agent cannot be read', [office, 'unreadable'], '2026-11-27T06:00:00Z'],
    ['somebody should be there now', [office], '2026-11-27T10:00:00Z'],
    [
      'somebody should be there since yesterday evening',
      [works(warsaw, hours('thursday', 22, 30))],
      '2026-11-27T03:00:00Z',
    ],
  ])('is not said if %s', (_, schedules, now) => {
    expect(nextOpening(schedules, at(now))).toBeUndefined()
  })

  it('counts only agents with fixed hours', () => {
    expect(nextOpening(['none', office], at('2026-11-27T06:00:00Z'))?.local).toBe('2026-11-27T09:00')
  })
})
