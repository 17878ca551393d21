import { extension, lookup } from 'mime-types'

/** No document says how long a name may be. */
const maxNameLength = 120

/** Whether a title is more than a name can hold. */
export const isTooLongForName = (title: string): boolean => title.trim().length > maxNameLength

/** The name under which the agent sees a file: the title or the last part of its address, with a fitting ending. */
export const mediaName = (url: string, title: string | undefined, contentType: string, mediaType: string): string => {
  const path = URL.canParse(url) ? new URL(url).pathname : ''
  const fromUrl = decode(path.split('/').at(-1) ?? '')
  const wanted = (title?.trim() || fromUrl || mediaType).replace(/[\\/:*?"<>|\p{Cc}]/gu, '_')
  // Half of a pair would be no character at all.
  const base = wanted.slice(-maxNameLength).replace(/^[\uDC00-\uDFFF]/, '')
  if (hasEnding(base)) return base
  const ending =
    (!isUnspecific(contentType) && extension(contentType)) ||
    (hasEnding(fromUrl) ? fromUrl.split('.').at(-1) : undefined)
  return ending ? `${base}.${ending}` : base
}

/** A bare word such as "log" is a type to `lookup`, but it is no ending. */
const hasEnding = (name: string): boolean => name.includes('.') && lookup(name) !== false

/** The content type to upload under: what the server said, or else what the name says. */
export const mediaContentType = (declared: string, name: string): string => {
  if (declared !== '' && !isUnspecific(declared)) return declared
  return lookup(name) || 'application/octet-stream'
}

/** Only says that there are bytes. */
const isUnspecific = (contentType: string): boolean => contentType.endsWith('/octet-stream')

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // a stray percent sign: the name is still readable as it is
  }
}
