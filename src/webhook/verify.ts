import { createHash, timingSafeEqual } from 'node:crypto'

export type Verification =
  { valid: true } | { valid: false; reason: 'no_secret_configured' | 'secret_missing' | 'secret_wrong' }

/**
 * Checks the secret that LiveChat sends in the body (`secret_key`); LiveChat does not sign its requests. Compares
 * digests, so that the time of the comparison shows neither the content nor the length of the secret. Never throws.
 */
export const verifySecret = (body: unknown, activeSecrets: (string | undefined)[]): Verification => {
  if (usable(activeSecrets).length === 0) return { valid: false, reason: 'no_secret_configured' }
  const given = ownString(body, 'secret_key')
  if (given === undefined) return { valid: false, reason: 'secret_missing' }
  return isActiveSecret(given, activeSecrets) ? { valid: true } : { valid: false, reason: 'secret_wrong' }
}

/** Whether `given` is one of the secrets. Takes the same time for all wrong secrets of the same length. */
export const isActiveSecret = (given: string, activeSecrets: (string | undefined)[]): boolean => {
  const givenDigest = digest(given)
  let isMatch = false
  for (const secret of usable(activeSecrets)) isMatch = timingSafeEqual(digest(secret), givenDigest) || isMatch
  return isMatch
}

const usable = (secrets: (string | undefined)[]): string[] =>
  secrets.filter((secret): secret is string => typeof secret === 'string' && secret.trim() !== '')

const ownString = (value: unknown, name: string): string | undefined => {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  const found: unknown = Reflect.get(value, name)
  return typeof found === 'string' ? found : undefined
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
