/**
 * Draws that depend only on the seed and on what is drawn for, not on the order of the draws. So a world from which one
 * step was removed keeps the other latencies and mishaps as far as possible.
 */
export type Chance = {
  /** A number from 0 (inclusive) to 1 (exclusive) for this name. */
  draw: (name: string) => number
}

export const createChance = (seed: number): Chance => ({ draw: (name) => mix(hash(name, seed)) / 4_294_967_296 })

/** FNV-1a over the code units of the text, begun with the seed. */
const hash = (text: string, seed: number): number => {
  let state = (0x811c9dc5 ^ Math.imul(seed, 0x9e3779b1)) >>> 0
  for (let index = 0; index < text.length; index += 1) {
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193) >>> 0
  }
  return state
}

/** The last step of murmur3: spreads neighbouring values over the whole range. */
const mix = (value: number): number => {
  let state = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35)
  return (state ^ (state >>> 16)) >>> 0
}

/** A whole number from `least` to `most`. */
export const between = (draw: number, least: number, most: number): number =>
  least + Math.floor(draw * (most - least + 1))

/** One of the items. The list must not be empty. */
export const oneOf = <T>(draw: number, items: readonly T[]): T => {
  const item = items[Math.floor(draw * items.length)]
  if (item === undefined) throw new Error('There is nothing to choose from')
  return item
}
