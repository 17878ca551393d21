import { StateChanges } from './state-changes'
import type { CauseView, EntryRow, LiveMessage, Snapshot } from './views'
import type { TextSocket } from './web-socket'

/** Changes within this time reach pages together. Nobody notices so short a delay. */
const GATHER_MS = 15
/** Of all time, the part that may go into telling pages what has changed. */
const SHARE_OF_TIME = 0.25
/** Most entries that a new page gets, the latest ones. */
const MAX_ENTRIES = 3_000

export type LiveSource = {
  snapshot: () => Snapshot
  causes: () => CauseView[]
  /** The latest entries, oldest first. */
  rows: (count: number) => EntryRow[]
}

/** Tells pages everything once, and from then on what changes. */
export class Live {
  private readonly pages = new Set<TextSocket>()
  private gathering: NodeJS.Timeout | undefined
  private nextAtMs = 0
  private changes = new StateChanges()
  private causes: CauseView[] = []
  private rows: EntryRow[] = []

  public constructor(private source: LiveSource) {}

  public connect(page: TextSocket): void {
    // Who listens already must not miss what the new page gets in its greeting.
    this.flush()
    page.send(this.hello())
    this.pages.add(page)
    page.onClose(() => this.pages.delete(page))
  }

  /** Shows something else from now on: the sandbox was reset. */
  public follow(source: LiveSource): void {
    this.source = source
    this.changes = new StateChanges()
    this.causes = []
    this.rows = []
    for (const page of this.pages) page.send(this.hello())
  }

  public caused(cause: CauseView): void {
    if (this.pages.size > 0) this.causes.push(cause)
    this.stateChanged()
  }

  public ledgerGrew(row: () => EntryRow): void {
    if (this.pages.size > 0) this.rows.push(row())
    this.stateChanged()
  }

  /** The state is read a moment later, together with further changes. */
  public stateChanged(): void {
    if (this.pages.size === 0) return
    const delayMs = Math.max(GATHER_MS, this.nextAtMs - performance.now())
    this.gathering ??= setTimeout(() => this.flush(), delayMs)
  }

  public close(): void {
    clearTimeout(this.gathering)
    for (const page of this.pages) page.close()
  }

  private hello(): string {
    const { snapshot, causes, rows } = this.source
    const message: LiveMessage = { type: 'hello', state: snapshot(), causes: causes(), entries: rows(MAX_ENTRIES) }
    return JSON.stringify(message)
  }

  private flush(): void {
    clearTimeout(this.gathering)
    this.gathering = undefined
    const startedMs = performance.now()
    const state = this.changes.since(this.source.snapshot())
    const { causes, rows: entries } = this
    this.causes = []
    this.rows = []
    if (this.pages.size > 0 && (state || causes.length > 0 || entries.length > 0)) {
      const message: LiveMessage = {
        type: 'change',
        ...(state ? { state } : {}),
        ...(causes.length > 0 ? { causes } : {}),
        ...(entries.length > 0 ? { entries } : {}),
      }
      const text = JSON.stringify(message)
      for (const page of this.pages) page.send(text)
    }
    const nowMs = performance.now()
    this.nextAtMs = nowMs + (nowMs - startedMs) / SHARE_OF_TIME
  }
}
