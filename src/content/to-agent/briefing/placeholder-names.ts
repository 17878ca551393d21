// The HITL plugin sends these for users without a name or an address (botpress/botpress, plugins/hitl, user-linker).
const placeholderNames = new Set(['unknown user', 'unknown', 'a human agent', 'undefined', 'null'])
const inventedAddress = /@(no-reply\.[a-z0-9.-]+\.botpress\.com|[a-z0-9.-]+\.botpress\.invalid)$/i

/** The user's own name, trimmed; `undefined` if it is absent or a placeholder. */
export const realName = (name: string | undefined): string | undefined => {
  const trimmed = name?.trim() ?? ''
  return trimmed === '' || placeholderNames.has(trimmed.toLowerCase()) ? undefined : trimmed
}

/** Whether an address looks made up for a user without one. We never show it, and nobody must write to it. */
export const isInventedEmail = (email: string): boolean => inventedAddress.test(email)

/**
 * Whether the plugin of this bot has made up the address. It holds the id of one user, which nobody can guess: an end
 * user who types such an address cannot become somebody else.
 */
export const isPluginsAddress = (email: string, botId: string): boolean => {
  const [user = '', host] = email.toLowerCase().split('@')
  return (
    /^user_[0-9a-z]{20,}$/.test(user) && host === `no-reply.${botId.toLowerCase().replaceAll('_', '-')}.botpress.com`
  )
}
