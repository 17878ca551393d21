type Undo = { what: string; undo: () => Promise<void> }

/**
 * What the probe has changed and must put back. Add each entry before the change: the answer to the change may be lost.
 */
export class CleanUp {
  private readonly undos: Undo[] = []

  /** `what` names the thing for the owner, who must put it back by hand if `undo` fails. */
  public add(what: string, undo: () => Promise<void>): void {
    this.undos.push({ what, undo })
  }

  /** Puts everything back, the latest change first, and goes on after a failure. Returns what is left to the owner. */
  public async run(): Promise<string[]> {
    const left: string[] = []
    for (let next = this.undos.pop(); next !== undefined; next = this.undos.pop()) {
      try {
        await next.undo()
      } catch (error) {
        left.push(`${next.what} (${error instanceof Error ? error.message : 'failed'})`)
      }
    }
    return left
  }
}
