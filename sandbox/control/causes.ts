import { withCause } from '../cause'
import type { CauseView } from './views'

export type NewCause = Omit<CauseView, 'id' | 'atMs'>

const MAX_TITLE_CHARACTERS = 300

/** What clients did, in order. Everything that follows from one of them has its number in the ledger. */
export class Causes {
  private readonly causes: CauseView[] = []
  private readonly listeners = new Set<(cause: CauseView) => void>()

  public constructor(
    private readonly nowMs: () => number,
    private readonly mask: (title: string) => string,
  ) {}

  /** Runs an action as the cause of whatever follows from it. */
  public run<T>(cause: NewCause, action: (cause: number) => T): T {
    const { id } = this.add(cause)
    return withCause(id, () => action(id))
  }

  public add({ title, ...rest }: NewCause): CauseView {
    const text = title.length > MAX_TITLE_CHARACTERS ? `${title.slice(0, MAX_TITLE_CHARACTERS)}…` : title
    const cause: CauseView = { id: this.causes.length + 1, atMs: this.nowMs(), ...rest, title: this.mask(text) }
    this.causes.push(cause)
    for (const listener of this.listeners) listener(cause)
    return cause
  }

  public all(): CauseView[] {
    return [...this.causes]
  }

  public get(id: number | undefined): CauseView | undefined {
    return id === undefined ? undefined : this.causes[id - 1]
  }

  public subscribe(listener: (cause: CauseView) => void): void {
    this.listeners.add(listener)
  }
}
