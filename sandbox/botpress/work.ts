import { keepCause } from '../cause'

/** Counts what is under way, so that a test can wait until everything is done instead of sleeping. */
export class Work {
  private active = 0
  private waiters: (() => void)[] = []

  public begin(): void {
    this.active += 1
  }

  public end(): void {
    this.active -= 1
    if (this.active > 0) return
    const waiters = this.waiters
    this.waiters = []
    for (const wake of waiters) wake()
  }

  public async run<T>(task: () => Promise<T>): Promise<T> {
    this.begin()
    try {
      return await task()
    } finally {
      this.end()
    }
  }

  /** Resolves when nothing is under way and two turns of the event loop have started nothing new. */
  public async settle(): Promise<void> {
    let quietTurns = 0
    while (quietTurns < 2) {
      if (this.active > 0) {
        quietTurns = 0
        await new Promise<void>((resolve) => this.waiters.push(resolve))
      } else {
        quietTurns += 1
        await new Promise<void>((resolve) => setImmediate(resolve))
      }
    }
  }
}

type Job = { run: () => Promise<void>; done: () => void }
type Lane = { waiting: Job[]; isRunning: boolean; holds: number }

/**
 * Runs jobs in lanes: one at a time within a lane, lanes side by side. A held lane waits and does not count as work.
 */
export class Lanes {
  private readonly lanes = new Map<string, Lane>()

  public constructor(
    private readonly work: Work,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Resolves when the job is done; never rejects. */
  public add(key: string, run: () => Promise<void>): Promise<void> {
    const lane = this.laneOf(key)
    return new Promise<void>((done) => {
      // Not with the cause of the job before, which starts it.
      lane.waiting.push({ run: keepCause(run), done })
      this.pump(lane)
    })
  }

  /** Stops the lane after the job that runs now. Returns a function that releases it. */
  public hold(key: string): () => void {
    const lane = this.laneOf(key)
    lane.holds += 1
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      lane.holds -= 1
      this.pump(lane)
    }
  }

  private laneOf(key: string): Lane {
    const known = this.lanes.get(key)
    if (known) return known
    const lane: Lane = { waiting: [], isRunning: false, holds: 0 }
    this.lanes.set(key, lane)
    return lane
  }

  private pump(lane: Lane): void {
    if (lane.isRunning || lane.holds > 0) return
    const job = lane.waiting.shift()
    if (!job) return
    lane.isRunning = true
    this.work.begin()
    void job
      .run()
      .catch(this.onError)
      .then(() => {
        lane.isRunning = false
        job.done()
        this.pump(lane)
        this.work.end()
      })
  }
}
