import { createHash } from 'node:crypto'
import type { Timeline } from './timeline'

export type Moment = { atMs: number; kind: string; who: string; what: string }

/** All that happened in a world, in order. The same plan gives the same history, to the byte. */
export class History {
  public readonly moments: Moment[] = []

  public constructor(
    private readonly timeline: Timeline,
    private readonly startMs: number,
  ) {}

  public add(kind: string, who: string, what: string): void {
    this.moments.push({ atMs: this.timeline.nowMs() - this.startMs, kind, who, what })
  }

  public text(): string {
    return this.moments.map(({ atMs, kind, who, what }) => `${atMs} ${kind} ${who} ${what}`).join('\n')
  }

  public digest(): string {
    return createHash('sha256').update(this.text()).digest('hex')
  }
}
