/**
 * The address in a form that a channel may open, or `undefined`. Adds the scheme that LiveChat leaves out of some
 * addresses. Never lets a channel open scripts, data or local files.
 */
export const webAddress = (address: string): string | undefined => {
  const trimmed = address.trim()
  if (/^https?:\/\//i.test(trimmed)) return URL.canParse(trimmed) ? trimmed : undefined
  const withScheme = `https://${trimmed.replace(/^\/\//, '')}`
  const namesHost = /^(\/\/)?[a-z0-9-]+(\.[a-z0-9-]+)+([/?#]|$)/i.test(trimmed)
  return namesHost && URL.canParse(withScheme) ? withScheme : undefined
}
