import QuickLRU from 'quick-lru'

export type Cache<V extends object> = QuickLRU<string, V>

/**
 * A bounded cache. Only for what cannot go stale (ids) or heals on failure (tokens); keys begin with the installation.
 * Holds at most `maxEntries`, and always the half that was used last.
 */
export const createCache = <V extends object>(maxEntries: number): Cache<V> =>
  // It drops the older of two generations, each of `maxSize`.
  new QuickLRU({ maxSize: Math.ceil(maxEntries / 2) })

/**
 * Declares a cache of the calling module. Each process's memory has its own copy, made when it is first used.
 * The memory is only the key: tests that create a new one start with empty caches.
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
