import { describe, expect, it } from 'vitest'
import { readWorkSchedule } from './work-schedule'

const day = (change: object = {}) => ({ enabled: true, day: 'monday', start: '08:30', end: '16:30', ...change })
const inWarsaw = (...schedule: unknown[]) => ({ timezone: 'Europe/Warsaw', schedule })

describe('readWorkSchedule', () => {
  it.each<[string, unknown, object]>([
    ['a day', inWarsaw(day()), { day: 'monday', startMin: 510, endMin: 990 }],
    ['a day without a word on whether it counts', inWarsaw(day({ enabled: undefined })), { startMin: 510 }],
    ['a shift over midnight', inWarsaw(day({ start: '22:00', end: '06:00' })), { startMin: 1320, endMin: 1800 }],
    ['a whole day', inWarsaw(day({ start: '00:00', end: '24:00' })), { startMin: 0, endMin: 1440 }],
    ['seconds', inWarsaw(day({ start: '9:00:00' })), { startMin: 540 }],
  ])('reads %s', (_, given, shift) => {
    expect(readWorkSchedule(given)).toMatchObject({ timeZone: 'Europe/Warsaw', shifts: [shift] })
  })

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['an empty object', {}],
    ['days off only', inWarsaw(day({ enabled: false }))],
    ['no days', inWarsaw()],
  ])('takes %s for no fixed hours', (_, given) => {
    expect(readWorkSchedule(given)).toBe('none')
  })

  it.each<[string, unknown]>([
    ['the older form, without a time zone', { monday: { start: '08:30', end: '16:30' } }],
    ['a time zone that nobody knows', { ...inWarsaw(day()), timezone: 'Mars/Olympus' }],
    ['no time zone', { schedule: [day()] }],
    ['a day that nobody knows', inWarsaw(day({ day: 'someday' }))],
    ['a time that is none', inWarsaw(day({ start: '25:00' }))],
    ['minutes that are none', inWarsaw(day({ end: '10:75' }))],
    ['words', 'always'],
    ['one odd day beside a good one', inWarsaw(day(), day({ start: 'early' }))],
  ])('is in doubt about %s', (_, given) => {
    expect(readWorkSchedule(given)).toBe('unreadable')
  })
})
