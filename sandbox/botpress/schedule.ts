import { keepCause } from '../cause'
import type { SandboxClock } from '../clock'

type Item = { dueMs: number; order: number; run: () => Promise<void>; cancelTimer: () => void }

/** Real time that a move of the virtual clock waits for the tasks that it starts, before time goes on. */
const MAX_WAIT_MS = 500

/** Node's timers cannot wait longer. */
const MAX_TIMER_MS = 2 ** 31 - 1

/** Tasks that run at a clock time: in order of time, ties in order of creation. */
export class Schedule {
  private items: Item[] = []
  private order = 0

  public constructor(private readonly clock: SandboxClock) {}

  /** Returns a function that cancels the task. */
  public at(dueMs: number, run: () => Promise<void>): () => void {
    const item: Item = { dueMs, order: this.order++, run: keepCause(run), cancelTimer: () => undefined }
    this.items.push(item)
    this.arm(item)
    return () => this.cancel(item)
  }

  public cancelAll(): void {
    for (const item of [...this.items]) this.cancel(item)
  }

  private arm(item: Item): void {
    const delayMs = Math.min(item.dueMs - this.clock.nowMs(), MAX_TIMER_MS)
    item.cancelTimer = this.clock.setTimer(delayMs, () => {
      if (this.clock.nowMs() >= item.dueMs) return this.runUpTo(item)
      return this.arm(item)
    })
  }

  private cancel(item: Item): void {
    this.items = this.items.filter((candidate) => candidate !== item)
    item.cancelTimer()
  }

  // Timers of the wall clock may fire out of order. Everything that was due earlier runs first.
  private async runUpTo(last: Item): Promise<void> {
    if (!this.items.includes(last)) return
    const due = this.items.filter((item) => compare(item, last) <= 0).sort(compare)
    this.items = this.items.filter((item) => !due.includes(item))
    for (const item of due) await waitBriefly(item.run())
  }
}

const compare = (a: Item, b: Item): number => a.dueMs - b.dueMs || a.order - b.order

// Waits only briefly, because the task may itself wait for the clock that is being moved.
const waitBriefly = async (task: Promise<void>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, MAX_WAIT_MS)
  })
  await Promise.race([task, limit]).finally(() => clearTimeout(timer))
}
