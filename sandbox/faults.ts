/** What goes wrong instead of, or after, the normal handling of one request. */
export type FaultEffect =
  | {
      kind: 'status'
      status: number
      body?: unknown
      headers?: Record<string, string>
      /** `before` (default): nothing is applied. `after`: the request takes effect, then this answer is sent. */
      when?: 'before' | 'after'
    }
  | {
      kind: 'delay'
      delayMs: number
      /** `before` (default): the request takes effect late. `after`: it takes effect at once, the answer comes late. */
      when?: 'before' | 'after'
    }
  | { kind: 'hang'; when?: 'before' | 'after' }
  | { kind: 'reset'; when?: 'before' | 'after' }
  | { kind: 'junk'; body: string; when?: 'before' | 'after' }

export type Fault = {
  /** Route as it appears in the ledger, or a regular expression over it. */
  route: string | RegExp
  /** Lets this many matching requests pass first. Default 0. */
  skip?: number
  /** Applies to this many matching requests, then is spent. Default 1; `Infinity` for always. */
  times?: number
  /** Chance from 0 to 1 for each matching request, from the seeded source. Default 1. */
  chance?: number
  effect: FaultEffect
}

/** A list of faults. For each request, the first fault applies that matches and is not used up. */
export class Faults {
  private active: { fault: Fault; seen: number; applied: number }[] = []

  public constructor(private readonly random: () => number = () => 0) {}

  /** Adds a fault. Returns a function that removes it. */
  public add(fault: Fault): () => void {
    const entry = { fault, seen: 0, applied: 0 }
    this.active.push(entry)
    return () => {
      this.active = this.active.filter((candidate) => candidate !== entry)
    }
  }

  /** Faults that have not happened yet, oldest first. */
  public pending(): { fault: Fault; left: number }[] {
    return this.active
      .map(({ fault, applied }) => ({ fault, left: (fault.times ?? 1) - applied }))
      .filter(({ left }) => left > 0)
  }

  public clear(): void {
    this.active = []
  }

  /** Counts the request, and returns the fault for it if there is one. */
  public take(route: string): FaultEffect | undefined {
    for (const entry of this.active) {
      const { fault } = entry
      const matches = typeof fault.route === 'string' ? fault.route === route : fault.route.test(route)
      if (!matches || entry.applied >= (fault.times ?? 1)) continue
      entry.seen += 1
      if (entry.seen <= (fault.skip ?? 0)) continue
      if (fault.chance !== undefined && this.random() >= fault.chance) continue
      entry.applied += 1
      return fault.effect
    }
    return undefined
  }
}
