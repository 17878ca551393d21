// The HITL plugin sends these for users without a name or an address (botpress/botpress, plugins/hitl, user-linker).
const placeholderNames = new Set(['unknown user', 'unknown', 'a human agent', 'undefined', 'null'])
const inventedAddress = /@(no-reply\.[a-z0-9.-]+\.botpress\.com|[a-z0-9.-]+\.botpress\.invalid)$/i

/** The user's own name, trimmed; `undefined` if it is absent or a placeholder. */
export const realName = (name: string | undefined): string | undefined => {
  const trimmed = name?.trim() ?? ''
  return trimmed === '' || placeholderNames.has(trimmed.toLowerCase()) ? undefined : trimmed
}

/**
 * Whether an address was made up for a user without one. We may use it as a key, but we never show it, and nobody must
 * write to it.
 */
export const isInventedEmail = (email: string): boolean => inventedAddress.test(email)
