/**
 * An address that a channel may open, or `undefined`. LiveChat prints some of its own without a scheme; scripts, data and
 * files of somebody's machine are never passed on as something to open.
 */
export const webAddress = (address: string): string | undefined => {
  const trimmed = address.trim()
  if (/^https?:\/\//i.test(trimmed)) return URL.canParse(trimmed) ? trimmed : undefined
  const withScheme = `https://${trimmed.replace(/^\/\//, '')}`
  const namesHost = /^(\/\/)?[a-z0-9-]+(\.[a-z0-9-]+)+([/?#]|$)/i.test(trimmed)
  return namesHost && URL.canParse(withScheme) ? withScheme : undefined
}
