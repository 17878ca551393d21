import { hasFields } from '../../../shared/fields'

/** A text, a number, `true` or `false` as trimmed text. `undefined` for anything else. */
export const asText = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value.trim()
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined
  return typeof value === 'boolean' ? String(value) : undefined
}

/** Whether a text stands for an empty value, as code writes it. "Null" does not: a person may be called Null. */
export const saysNothing = (text: string): boolean => /^\s*(?:null|undefined|NaN)?\s*$/.test(text)

/** The list or map that a text holds as JSON. Anything else as it is. */
export const fromJson = (value: unknown): unknown => {
  if (typeof value !== 'string' || value.length > maxJson || !/^\s*[[{]/.test(value)) return value
  try {
    return JSON.parse(value) as unknown
  } catch {
    return value
  }
}
const maxJson = 100_000

/**
 * A list of texts becomes one text. Anything deeper is written as JSON, which an agent can still read. `undefined` for
 * what is neither a list nor a map; empty for an empty one.
 */
export const asJson = (value: unknown): string | undefined => {
  if (typeof value !== 'object' || value === null) return undefined
  if (Object.keys(value).length === 0) return ''
  const texts = Array.isArray(value) ? value.filter((each) => each !== null).map(asText) : [undefined]
  return texts.includes(undefined)
    ? JSON.stringify(withoutDepths(value))
    : texts.filter((text) => text !== '').join(', ')
}

/** Nobody reads JSON that is deeper or longer than this. Writing it may overflow the stack. */
const maxDepth = 6
const maxEntries = 100

const withoutDepths = (value: unknown, depth = 0): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if (depth === maxDepth) return '…'
  if (Array.isArray(value)) return value.slice(0, maxEntries).map((each) => withoutDepths(each, depth + 1))
  const entries = hasFields(value) ? Object.entries(value).slice(0, maxEntries) : []
  return Object.fromEntries(entries.map(([name, each]) => [name, withoutDepths(each, depth + 1)]))
}
