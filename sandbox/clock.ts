/** The emulators' time: it can be read, and can call back later. */
export interface SandboxClock {
  nowMs(): number
  /** Runs `run` once after `delayMs`; returns a function that cancels it. */
  setTimer(delayMs: number, run: () => void | Promise<void>): () => void
}

type Timer = { dueMs: number; order: number; run: () => void | Promise<void> }

/** Time that moves only when told to, so that tests take milliseconds for minutes and hours. */
export class VirtualClock implements SandboxClock {
  private timers: Timer[] = []
  private order = 0
  private readonly listeners = new Set<(nowMs: number) => void | Promise<void>>()

  public constructor(private currentMs: number = Date.parse('2026-01-05T09:00:00.000Z')) {}

  public nowMs(): number {
    return this.currentMs
  }

  public setTimer(delayMs: number, run: () => void | Promise<void>): () => void {
    const timer: Timer = { dueMs: this.currentMs + Math.max(0, delayMs), order: this.order++, run }
    this.timers.push(timer)
    return () => {
      this.timers = this.timers.filter((candidate) => candidate !== timer)
    }
  }

  /** Calls `listener` after each move of time. A child process with a clock of its own follows the time this way. */
  public onChange(listener: (nowMs: number) => void | Promise<void>): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Moves time on. Runs each due timer at its own moment and waits for what it returns. */
  public async advance(durationMs: number): Promise<void> {
    const endMs = this.currentMs + durationMs
    for (;;) {
      const next = this.nextDue(endMs)
      if (!next) break
      this.timers = this.timers.filter((timer) => timer !== next)
      await this.moveTo(Math.max(this.currentMs, next.dueMs))
      await next.run()
    }
    await this.moveTo(endMs)
  }

  private nextDue(limitMs: number): Timer | undefined {
    return this.timers
      .filter((timer) => timer.dueMs <= limitMs)
      .sort((a, b) => a.dueMs - b.dueMs || a.order - b.order)[0]
  }

  private async moveTo(nowMs: number): Promise<void> {
    if (nowMs === this.currentMs) return
    this.currentMs = nowMs
    await Promise.all([...this.listeners].map(async (listener) => listener(nowMs)))
  }
}

/** Wall-clock time, for use by hand. */
export class RealClock implements SandboxClock {
  public nowMs(): number {
    return Date.now()
  }

  public setTimer(delayMs: number, run: () => void | Promise<void>): () => void {
    const handle = setTimeout(() => void run(), delayMs)
    return () => clearTimeout(handle)
  }
}

type RunningTimer = { dueMs: number; run: () => void | Promise<void>; handle?: NodeJS.Timeout }

/** Time that runs like the wall clock and can be moved on, for the page. */
export class RunningClock implements SandboxClock {
  public readonly runs = true
  private aheadMs = 0
  private readonly timers = new Set<RunningTimer>()
  private readonly listeners = new Set<(nowMs: number) => void | Promise<void>>()

  public nowMs(): number {
    return Date.now() + this.aheadMs
  }

  public setTimer(delayMs: number, run: () => void | Promise<void>): () => void {
    const timer: RunningTimer = { dueMs: this.nowMs() + Math.max(0, delayMs), run }
    this.timers.add(timer)
    this.arm(timer)
    return () => this.disarm(timer)
  }

  /** Calls `listener` after each move. Between moves, whoever follows the clock counts by itself. */
  public onChange(listener: (nowMs: number) => void | Promise<void>): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Moves time on. Resolves when what was due meanwhile has been done, the earliest first. */
  public async moveOn(durationMs: number): Promise<void> {
    this.aheadMs += durationMs
    const nowMs = this.nowMs()
    await Promise.all([...this.listeners].map(async (listener) => listener(nowMs)))
    const due = [...this.timers].filter(({ dueMs }) => dueMs <= nowMs).sort((a, b) => a.dueMs - b.dueMs)
    for (const timer of this.timers) this.arm(timer)
    for (const timer of due) {
      if (!this.timers.has(timer)) continue
      this.disarm(timer)
      await timer.run()
    }
  }

  private arm(timer: RunningTimer): void {
    clearTimeout(timer.handle)
    timer.handle = setTimeout(() => {
      this.timers.delete(timer)
      void timer.run()
    }, timer.dueMs - this.nowMs())
  }

  private disarm(timer: RunningTimer): void {
    clearTimeout(timer.handle)
    this.timers.delete(timer)
  }
}
