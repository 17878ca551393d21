import { scrypt } from 'node:crypto'
import { promisify } from 'node:util'

const deriveKey = promisify<string, string, number, Buffer>(scrypt)
/**
 * 48 bits are enough to tell two texts apart. They do not help to find a secret: many secrets have the same 48 bits, and
 * each guess takes a slow calculation.
 */
const fingerprintBytes = 6

/** Stands for a text that holds secrets, as 12 hexadecimal digits. Always the same for the same text and salt. */
export const fingerprint = async (text: string, salt: string): Promise<string> =>
  (await deriveKey(text, salt, fingerprintBytes)).toString('hex')
