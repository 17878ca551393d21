import type { LatencyRates } from '../plan/rates'

/** A time in milliseconds for a draw from 0 to 1: mostly near the typical one, sometimes several times that. */
export const latencyOf = (draw: number, { typicalMs, slowShare, slowMs }: LatencyRates): number => {
  if (draw < slowShare) return typicalMs + Math.floor((draw / slowShare) * (slowMs - typicalMs))
  const rest = slowShare >= 1 ? 0 : (draw - slowShare) / (1 - slowShare)
  return Math.min(slowMs, 1 + Math.floor(-Math.log(1 - rest) * typicalMs))
}
