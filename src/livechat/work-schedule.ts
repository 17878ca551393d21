import * as z from 'zod/v4-mini'

/** The hours of one weekday, in minutes since midnight. A shift over midnight ends after 1440. */
export type Shift = { day: Weekday; startMin: number; endMin: number }
/** When an agent works. `timeZone` is a name such as `Europe/Warsaw`. */
export type WorkSchedule = { timeZone: string; shifts: Shift[] }

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
export type Weekday = (typeof weekdays)[number]

const schedule = z.lazy(() =>
  z.object({
    timezone: z.string(),
    schedule: z.array(
      z.object({ day: z.enum(weekdays), enabled: z.optional(z.boolean()), start: z.string(), end: z.string() }),
    ),
  }),
)

/**
 * Reads an agent's `work_scheduler`. Returns `none` if the agent has no fixed hours, and `unreadable` in any doubt. The
 * older form is unreadable, too: it has no time zone, because its hours are those of the agent's own computer.
 */
export const readWorkSchedule = (given: unknown): WorkSchedule | 'none' | 'unreadable' => {
  if (given === undefined || given === null) return 'none'
  if (typeof given === 'object' && Object.keys(given).length === 0) return 'none'
  const parsed = schedule.safeParse(given)
  if (!parsed.success || !isTimeZone(parsed.data.timezone)) return 'unreadable'
  const days = parsed.data.schedule.filter(({ enabled }) => enabled !== false)
  const shifts = days.map(({ day, start, end }) => toShift(day, minutesOf(start), minutesOf(end)))
  if (!shifts.every((shift) => shift !== undefined)) return 'unreadable'
  return shifts.length === 0 ? 'none' : { timeZone: parsed.data.timezone, shifts }
}

const minutesPerDay = 24 * 60

const toShift = (day: Weekday, startMin: number | undefined, endMin: number | undefined): Shift | undefined => {
  if (startMin === undefined || endMin === undefined) return undefined
  return { day, startMin, endMin: endMin > startMin ? endMin : endMin + minutesPerDay }
}

const minutesOf = (time: string): number | undefined => {
  const [, hours, minutes] = /^(\d{1,2}):(\d\d)(?::\d\d)?$/.exec(time) ?? []
  const total = Number(hours) * 60 + Number(minutes)
  return Number(minutes) < 60 && total <= minutesPerDay ? total : undefined
}

const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}
