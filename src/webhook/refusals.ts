import type * as bp from '../bp'
import type { Memory } from '../session/memory'
import { createLog } from '../shared/log'
import type { Runtime } from '../shared/runtime'

const intervalMs = 60_000

/** At most one line a minute and installation: anybody may send to the address, and nobody may flood the log. */
export const logRefusal = (
  runtime: Runtime,
  memory: Memory,
  { ctx, logger }: { ctx: bp.Context; logger: bp.Logger },
  reason: string,
): void => {
  const key = JSON.stringify([ctx.botId, ctx.integrationId])
  const last = memory.refusalsLogged.get(key)
  const nowMs = runtime.nowMs()
  if (last && nowMs - last.atMs < intervalMs) return
  memory.refusalsLogged.set(key, { atMs: nowMs })
  createLog(logger).warn('webhook_refused', { reason })
}
