import { extension, lookup } from 'mime-types'

/** In UTF-16 code units. LiveChat documents no limit. */
const maxNameLength = 120

/** Whether a title is too long for a file name. */
export const isTooLongForName = (title: string): boolean => title.trim().length > maxNameLength

/**
 * The file name that the agent sees: the title, or the last part of the URL, or the media type. Gets an ending that
 * fits the content type, if it has none and one is known.
 */
export const mediaName = (url: string, title: string | undefined, contentType: string, mediaType: string): string => {
  const path = URL.canParse(url) ? new URL(url).pathname : ''
  const fromUrl = decode(path.split('/').at(-1) ?? '')
  const wanted = (title?.trim() || fromUrl || mediaType).replace(/[\\/:*?"<>|\p{Cc}]/gu, '_')
  // Half a surrogate pair is not a character.
  const base = wanted.slice(-maxNameLength).replace(/^[\uDC00-\uDFFF]/, '')
  if (hasEnding(base)) return base
  const ending =
    (!isUnspecific(contentType) && extension(contentType)) ||
    (hasEnding(fromUrl) ? fromUrl.split('.').at(-1) : undefined)
  return ending ? `${base}.${ending}` : base
}

/** Needs a dot: to `lookup`, a bare word such as "log" is a type, too. */
const hasEnding = (name: string): boolean => name.includes('.') && lookup(name) !== false

/** The content type for the upload: what the server declared, or else what the name says, or else plain bytes. */
export const mediaContentType = (declared: string, name: string): string => {
  if (declared !== '' && !isUnspecific(declared)) return declared
  return lookup(name) || 'application/octet-stream'
}

/** Such a type says nothing about the content. */
const isUnspecific = (contentType: string): boolean => contentType.endsWith('/octet-stream')

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // a stray percent sign: the name is readable without decoding
  }
}
