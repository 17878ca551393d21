type Stored = { createdAtMs: number; updatedAtMs: number }

/** Older versions of an object than this are not kept. */
const MAX_LAG_MS = 600_000

/** Earlier versions of stored objects, for lists and reads that lag behind writes. */
export class Past<T extends Stored> {
  private readonly versions = new WeakMap<T, T[]>()

  /** Keeps the object as it is now. Call it before each change. */
  public keep(object: T, nowMs: number): void {
    const recent = (this.versions.get(object) ?? []).filter(({ updatedAtMs }) => updatedAtMs > nowMs - MAX_LAG_MS)
    this.versions.set(object, [...recent, structuredClone(object)])
  }

  /** The object as it was at a time. `undefined` if it did not exist then. */
  public at(object: T, timeMs: number): T | undefined {
    if (object.createdAtMs > timeMs) return undefined
    if (object.updatedAtMs <= timeMs) return object
    return this.versions.get(object)?.findLast(({ updatedAtMs }) => updatedAtMs <= timeMs) ?? object
  }
}
