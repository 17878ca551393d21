import { createCache } from './runtime'

/**
 * Short stand-ins for long names that are part of many keys. The same name gives the same one; no two names ever share
 * one, not even after the bounded memory has forgotten the first: a name that is forgotten gets a new one.
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
