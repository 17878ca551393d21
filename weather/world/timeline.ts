import type { SandboxClock } from '../../sandbox/clock'
import { everythingElse } from './everything-else'

type Entry = { atMs: number; order: number; run: () => void; isCancelled: boolean }

/**
 * The one clock of a world, and the list of all that will happen in it. Time stands still while anything runs, and jumps
 * to the next entry when nothing does. Entries of the same millisecond happen in the order in which they were added.
 */
export class Timeline implements SandboxClock {
  private readonly heap: Entry[] = []
  private lastOrder = 0
  /** How many entries have happened. */
  public steps = 0

  public constructor(private currentMs: number) {}

  public nowMs(): number {
    return this.currentMs
  }

  public setTimer(delayMs: number, run: () => void | Promise<void>): () => void {
    return this.at(this.currentMs + Math.max(0, delayMs), () => void run())
  }

  /** Adds an entry, for now if `atMs` is past. Returns a function that cancels it. */
  public at(atMs: number, run: () => void): () => void {
    const entry = { atMs: Math.max(this.currentMs, Math.ceil(atMs)), order: ++this.lastOrder, run, isCancelled: false }
    this.push(entry)
    return () => {
      entry.isCancelled = true
    }
  }

  /** Lets everything happen that is due until `endMs`. */
  public async runUntil(endMs: number): Promise<void> {
    await everythingElse()
    for (;;) {
      const next = this.heap[0]
      if (!next || next.atMs > endMs) break
      await this.step(this.pop())
    }
    this.currentMs = Math.max(this.currentMs, endMs)
  }

  /** Lets time run until `work` has ended. Throws if nothing more would happen before that. */
  public async runThrough<T>(work: Promise<T>): Promise<T> {
    const state = { isDone: false }
    const end = (): void => {
      state.isDone = true
    }
    work.then(end, end)
    await everythingElse()
    while (!state.isDone) {
      if (this.heap.length === 0) throw new Error('Everybody waits, and nothing will happen')
      await this.step(this.pop())
    }
    return work
  }

  /** Nothing that is left happens. */
  public forget(): void {
    this.heap.length = 0
  }

  private async step(entry: Entry): Promise<void> {
    if (entry.isCancelled) return
    this.currentMs = entry.atMs
    this.steps += 1
    entry.run()
    await everythingElse()
  }

  private push(entry: Entry): void {
    const { heap } = this
    let at = heap.length
    heap.push(entry)
    while (at > 0) {
      const parentAt = (at - 1) >> 1
      const parent = heap[parentAt]
      if (!parent || isBefore(parent, entry)) break
      heap[at] = parent
      at = parentAt
    }
    heap[at] = entry
  }

  private pop(): Entry {
    const { heap } = this
    const first = heap[0]
    const last = heap.pop()
    if (!first || !last) throw new Error('The timeline is empty')
    if (heap.length > 0) this.sink(last)
    return first
  }

  private sink(entry: Entry): void {
    const { heap } = this
    let at = 0
    for (;;) {
      let childAt = 2 * at + 1
      const left = heap[childAt]
      if (!left) break
      const right = heap[childAt + 1]
      let child = left
      if (right && isBefore(right, left)) {
        child = right
        childAt += 1
      }
      if (isBefore(entry, child)) break
      heap[at] = child
      at = childAt
    }
    heap[at] = entry
  }
}

const isBefore = (a: Entry, b: Entry): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order)
