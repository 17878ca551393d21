import type { SandboxClock } from '../clock'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

export type Ids = {
  /** `<prefix>_` and 26 characters that sort by time, like the platform's ids. */
  next(prefix: string): string
  uuid(): string
  /** Only grows: distinguishes objects of the same millisecond. */
  seq(): number
}

/** Makes ids from the seeded source, so that a repeated run gives the same ids. */
export const createIds = (clock: SandboxClock, random: () => number): Ids => {
  let lastSeq = 0
  const draw = (alphabet: string, length: number): string =>
    Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('')
  const encodeTime = (timeMs: number): string => {
    let rest = timeMs
    let text = ''
    for (let position = 0; position < 10; position += 1) {
      text = `${ALPHABET[rest % 32]}${text}`
      rest = Math.floor(rest / 32)
    }
    return text
  }
  const hex = (length: number): string => draw('0123456789abcdef', length)
  return {
    next: (prefix) => `${prefix}_${encodeTime(clock.nowMs())}${draw(ALPHABET, 16)}`,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
    seq: () => (lastSeq += 1),
  }
}
