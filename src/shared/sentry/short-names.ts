import { createCache } from '../cache'

/**
 * Creates a function that returns a short name for a long name. Many cache keys contain the short name. Two names never
 * share a short name. The function remembers at most `maxEntries` names. A name that it has forgotten gets a new short
 * name.
 */
export const createShortNames = (maxEntries: number): ((name: string) => string) => {
  const known = createCache<{ shortName: string }>(maxEntries)
  let given = 0
  return (name) => {
    const found = known.get(name)
    if (found) return found.shortName
    given += 1
    const shortName = String(given)
    known.set(name, { shortName })
    return shortName
  }
}
