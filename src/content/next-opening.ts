import { weekdays, type Shift, type WorkSchedule } from '../livechat/work-schedule'

/** `at` is an ISO 8601 time in UTC, `local` the same on the clocks of `timeZone`, without an offset. */
export type Opening = { at: string; local: string; timeZone: string }

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/**
 * When the first of these agents begins to work. `undefined` if no agent has fixed hours, if the hours of one cannot be
 * read, or if one should be there already: then nothing says when that agent will come.
 */
export const nextOpening = (
  schedules: (WorkSchedule | 'none' | 'unreadable')[],
  nowMs: number,
): Opening | undefined => {
  if (schedules.includes('unreadable')) return undefined
  const known = schedules.filter((each) => typeof each === 'object')
  const shifts = known.flatMap((schedule) => shiftsAround(schedule, nowMs))
  if (shifts.some(({ startMs, endMs }) => startMs <= nowMs && nowMs < endMs)) return undefined
  const [next] = shifts.filter(({ startMs }) => startMs > nowMs).sort((a, b) => a.startMs - b.startMs)
  return next && { at: new Date(next.startMs).toISOString(), local: next.local, timeZone: next.timeZone }
}

type DatedShift = { startMs: number; endMs: number; local: string; timeZone: string }

/** Yesterday's shifts may go on over midnight, and each weekday comes within the next seven days. */
const shiftsAround = ({ timeZone, shifts }: WorkSchedule, nowMs: number): DatedShift[] => {
  const todayMs = midnightOf(nowMs, timeZone)
  return Array.from({ length: 9 }, (_, index) => todayMs + (index - 1) * dayMs).flatMap((midnightMs) =>
    shifts.filter((shift) => isOn(shift, midnightMs)).map((shift) => date(shift, midnightMs, timeZone)),
  )
}

/** Clock times of a time zone are counted here as if they were UTC, and converted at the end. */
const midnightOf = (nowMs: number, timeZone: string): number => {
  const localMs = nowMs + offsetMs(nowMs, timeZone)
  return localMs - (localMs % dayMs)
}

/** `getUTCDay` begins with Sunday. */
const isOn = ({ day }: Shift, midnightMs: number): boolean =>
  weekdays[(new Date(midnightMs).getUTCDay() + 6) % 7] === day

const date = ({ startMin, endMin }: Shift, midnightMs: number, timeZone: string): DatedShift => {
  const localStartMs = midnightMs + startMin * minuteMs
  return {
    startMs: toUtc(localStartMs, timeZone),
    endMs: toUtc(midnightMs + endMin * minuteMs, timeZone),
    local: new Date(localStartMs).toISOString().slice(0, 16),
    timeZone,
  }
}

/** The second step corrects the hours around a change of the clocks. */
const toUtc = (localMs: number, timeZone: string): number => {
  const guessMs = localMs - offsetMs(localMs, timeZone)
  return localMs - offsetMs(guessMs, timeZone)
}

/** By how much the clocks of a time zone are ahead of UTC at a moment. */
const offsetMs = (atMs: number, timeZone: string): number => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]))
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0
  const clockMs = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'))
  return clockMs - (atMs - (atMs % minuteMs))
}
