import { createCache } from './cache'

/**
 * Creates a function that gives long names short ones, for use in many keys. Two names never share a short name. The
 * memory is bounded (`maxEntries`); a name that it has forgotten gets a new short name.
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
