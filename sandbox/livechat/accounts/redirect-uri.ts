/**
 * The whitelist rule: scheme, host and port are identical, and the requested path contains the configured one. No
 * query, fragment or `..` is allowed, and a trailing slash has to agree.
 */
export const isAllowedRedirectUri = (requested: string, configured: string[]): boolean => {
  const wanted = parse(requested)
  if (!wanted || requested.includes('?') || requested.includes('#') || requested.includes('..')) return false
  return configured.some((uri) => {
    const allowed = parse(uri)
    return (
      allowed !== undefined &&
      allowed.protocol === wanted.protocol &&
      allowed.host === wanted.host &&
      uri.endsWith('/') === requested.endsWith('/') &&
      isPathWithin(wanted.pathname, allowed.pathname)
    )
  })
}

const isPathWithin = (wanted: string, allowed: string): boolean =>
  wanted === allowed || wanted.startsWith(allowed.endsWith('/') ? allowed : `${allowed}/`)

const parse = (uri: string): URL | undefined => (URL.canParse(uri) ? new URL(uri) : undefined)
