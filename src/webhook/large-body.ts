import { isActiveSecret } from './verify'

/** A body of this many characters is parsed in less than a millisecond. LiveChat's webhooks are mostly smaller. */
const smallCharacters = 32 * 1024
/** A search for the plain text takes milliseconds in some alphabets, because half of 漢 looks like a quotation mark. */
const key = /"secret_key"(?=[\s:])/g
/** LiveChat's envelope has one such key. The payload may contain more. */
const maxCandidates = 10
/** In JSON, one character takes at most six: `\u0041`. */
const maxPerCharacter = 6

/**
 * Whether a body is worth parsing: it is small, or it holds an active secret somewhere. Parsing a megabyte takes tens
 * of milliseconds, and anybody can send one. The full check follows after parsing.
 */
export const isWorthParsing = (text: string, activeSecrets: (string | undefined)[]): boolean => {
  if (text.length <= smallCharacters) return true
  const longest = Math.max(0, ...activeSecrets.map((secret) => secret?.length ?? 0)) * maxPerCharacter
  key.lastIndex = 0
  for (let tries = 0; tries < maxCandidates && key.test(text); tries += 1) {
    const given = stringAfter(text, key.lastIndex, longest)
    if (given !== undefined && isActiveSecret(given, activeSecrets)) return true
  }
  return false
}

/** The JSON string after `: `, if it has at most `maxCharacters` between its quotes. */
const stringAfter = (text: string, from: number, maxCharacters: number): string | undefined => {
  const opening = /^\s{0,100}:\s{0,100}"/.exec(text.slice(from, from + 202))?.[0]
  if (opening === undefined) return undefined
  const start = from + opening.length
  const literal = /^(?:[^"\\]|\\.)*"/.exec(text.slice(start, start + maxCharacters + 1))?.[0]
  if (literal === undefined) return undefined
  try {
    const value: unknown = JSON.parse(`"${literal}`)
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined // no JSON: the parsing would refuse the whole body
  }
}
