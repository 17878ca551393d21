// What the HITL plugin passes for people without a name or an address (botpress/botpress, plugins/hitl, user-linker).
const placeholderNames = new Set(['unknown user', 'unknown', 'a human agent', 'undefined', 'null'])
const inventedAddress = /@(no-reply\.[a-z0-9.-]+\.botpress\.com|[a-z0-9.-]+\.botpress\.invalid)$/i

/** The person's own name, or `undefined` for an absent or placeholder one. */
export const realName = (name: string | undefined): string | undefined => {
  const trimmed = name?.trim() ?? ''
  return trimmed === '' || placeholderNames.has(trimmed.toLowerCase()) ? undefined : trimmed
}

/** An address made up for a person without one: good as a key, never to be shown or written to. */
export const isInventedEmail = (email: string): boolean => inventedAddress.test(email)
