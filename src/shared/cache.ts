import QuickLRU from 'quick-lru'

export type Cache<V extends object> = QuickLRU<string, V>

/**
 * Creates a bounded cache. Use it only for what cannot become stale (ids), or for what a failed call corrects (tokens).
 * Keys begin with the installation. It holds at most `maxEntries`, and always the half that was used last.
 */
export const createCache = <V extends object>(maxEntries: number): Cache<V> =>
  // QuickLRU keeps two generations of `maxSize` each, and drops the older one.
  new QuickLRU({ maxSize: Math.ceil(maxEntries / 2) })

/**
 * Declares a cache of the calling module. Each process's memory has its own copy, created at first use.
 * `memory` only identifies the copy: a test that creates a new memory starts with empty caches.
 */
export const declareCache = <V extends object>(maxEntries: number): ((memory: object) => Cache<V>) => {
  const copies = new WeakMap<object, Cache<V>>()
  return (memory) => {
    const known = copies.get(memory)
    if (known) return known
    const cache = createCache<V>(maxEntries)
    copies.set(memory, cache)
    return cache
  }
}
