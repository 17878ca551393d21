import { createHash } from 'node:crypto'
import type { IncomingMessage } from './incoming-message'

/**
 * The message to the end user after an agent has changed a message: `word`, such as "Correction:", then the new
 * content.
 */
export const correctionOf = (message: IncomingMessage, word: string): IncomingMessage => {
  if (message.type === 'text') return { type: 'text', payload: { text: `${word} ${message.payload.text}` } }
  const items = message.type === 'bloc' ? message.payload.items : [message]
  return { type: 'bloc', payload: { items: [{ type: 'text', payload: { text: word } }, ...items] } }
}

/** A digest of a message, 16 hexadecimal digits. It does not depend on the order of fields. */
export const fingerprint = (message: { type: string; payload: unknown }): string =>
  createHash('sha256')
    .update(JSON.stringify([message.type, sorted(message.payload)]))
    .digest('hex')
    .slice(0, 16)

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  )
}
