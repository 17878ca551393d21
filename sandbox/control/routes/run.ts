import { z } from 'zod'
import { RunningClock } from '../../clock'
import { ControlError } from '../errors'
import { playHandoff } from '../play'
import type { Stage } from '../stage'
import { done, read, type Route } from './route'

const MAX_MOVE_MS = 30 * 24 * 3600_000
const move = z.object({ ms: z.number().int().min(1).max(MAX_MOVE_MS) })

/** What concerns the run as a whole: time, and a handoff that plays by itself. */
export const runRoutes = (stage: Stage): Route[] => [
  {
    method: 'POST',
    path: '/api/clock',
    cause: (call) => ({ from: 'sandbox', who: 'You', title: `The clock moves on by ${span(read(call, move).ms)}` }),
    run: async (call) => {
      const { clock } = stage.system
      if (!(clock instanceof RunningClock))
        throw new ControlError(409, 'The clock of this sandbox cannot be moved here')
      await clock.moveOn(read(call, move).ms)
      return { json: { nowMs: clock.nowMs() } }
    },
  },
  {
    method: 'POST',
    path: '/api/play',
    run: () => ({ json: playHandoff(stage) }),
  },
  {
    method: 'POST',
    path: '/api/settle',
    run: async () => {
      await stage.system.settle()
      return done
    },
  },
]

const MINUTE_MS = 60_000

const span = (ms: number): string => {
  const minutes = Math.round(ms / MINUTE_MS)
  if (minutes < 1) return `${Math.round(ms / 1_000)} seconds`
  return minutes < 60 ? `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}` : `${Math.round(minutes / 6) / 10} hours`
}
