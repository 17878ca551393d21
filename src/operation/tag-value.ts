import { cutAt } from '../shared/cut'

/** Botpress takes values of "less than 500 characters". */
const maxTagCharacters = 499

/** A text as the value of a Botpress tag, cut if needed. Look-ups must use the same value. */
export const tagValue = (text: string): string => cutAt(text, maxTagCharacters)

/** All values of some tags, as Botpress takes them. */
export const tagValues = <T extends Record<string, string>>(tags: T): T => {
  const short = { ...tags }
  for (const [key, value] of Object.entries(tags)) Reflect.set(short, key, tagValue(value))
  return short
}
