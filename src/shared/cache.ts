import QuickLRU from 'quick-lru'

export type Cache<V extends object> = QuickLRU<string, V>

/**
 * Creates a bounded cache. Everything in a cache may be lost. Put in only what stays true (ids), or what the code
 * corrects when it is out of date (tokens, sessions). The keys of caches from `declareCache` begin with the
 * installation. A cache holds at most `maxEntries` entries, and always the half that was used last.
 */
export const createCache = <V extends object>(maxEntries: number): Cache<V> =>
  // QuickLRU has two generations of up to `maxSize` entries. When the newer one is full, it drops the older one.
  new QuickLRU({ maxSize: Math.ceil(maxEntries / 2) })

/**
 * Declares a cache of the calling module. Each process's memory has its own copy, created at first use. `memory` only
 * says which copy to use. So a test that creates a new memory starts with empty caches.
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
