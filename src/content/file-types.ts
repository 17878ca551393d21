import type * as MimeTypes from 'mime-types'

// Loaded only for the first file. Its table of a thousand types takes a millisecond, which most starts can do without.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const loadMimeTypes = (): typeof MimeTypes => require('mime-types') as typeof MimeTypes

/** Other names of common types, as channels declare them. */
const aliases = new Map(
  Object.entries({
    'application/csv': 'text/csv',
    'application/x-csv': 'text/csv',
    'application/x-gzip': 'application/gzip',
    'application/x-pdf': 'application/pdf',
    'application/x-rar': 'application/vnd.rar',
    'application/x-rar-compressed': 'application/vnd.rar',
    'application/x-zip': 'application/zip',
    'application/x-zip-compressed': 'application/zip',
    'application/acad': 'image/vnd.dwg',
    'application/dwg': 'image/vnd.dwg',
    'application/x-dwg': 'image/vnd.dwg',
    'audio/aacp': 'audio/aac',
    'audio/m4a': 'audio/mp4',
    'audio/mp3': 'audio/mpeg',
    'audio/mpeg3': 'audio/mpeg',
    'audio/mpg': 'audio/mpeg',
    'audio/vnd.wave': 'audio/wav',
    'audio/wave': 'audio/wav',
    'audio/x-aac': 'audio/aac',
    'audio/x-flac': 'audio/flac',
    'audio/x-m4a': 'audio/mp4',
    'audio/x-mp3': 'audio/mpeg',
    'audio/x-mpeg': 'audio/mpeg',
    'audio/x-wav': 'audio/wav',
    'image/jpe': 'image/jpeg',
    'image/jpg': 'image/jpeg',
    'image/pjpeg': 'image/jpeg',
    'image/x-bmp': 'image/bmp',
    'image/x-citrix-jpeg': 'image/jpeg',
    'image/x-citrix-png': 'image/png',
    'image/x-dwg': 'image/vnd.dwg',
    'image/x-ms-bmp': 'image/bmp',
    'image/x-photoshop': 'image/vnd.adobe.photoshop',
    'image/x-png': 'image/png',
    'text/x-csv': 'text/csv',
    'text/comma-separated-values': 'text/csv',
    'text/x-vcard': 'text/vcard',
    'video/3gp': 'video/3gpp',
    'video/avi': 'video/x-msvideo',
    'video/mov': 'video/quicktime',
    'video/msvideo': 'video/x-msvideo',
    'video/mkv': 'video/x-matroska',
    'video/x-quicktime': 'video/quicktime',
  }),
)

/** For types for which `mime-types` has no ending, or one that few programs open. */
const endings = new Map(
  Object.entries({
    'application/ogg': 'ogg',
    'application/postscript': 'ps',
    'application/x-ole-storage': '',
    'audio/3gpp': '3gp',
    'audio/aac': 'aac',
    'audio/aiff': 'aiff',
    'audio/flac': 'flac',
    'audio/mpeg': 'mp3',
    'audio/mpegurl': 'm3u',
    'audio/ogg': 'ogg',
    'audio/opus': 'opus',
    'audio/webm': 'webm',
    'image/jpeg': 'jpg',
    'image/jxl': 'jxl',
    'text/markdown': 'md',
    'text/vcard': 'vcf',
    'video/quicktime': 'mov',
  }),
)

/** The type in lower case, without parameters, and by its usual name. Empty if it is no type. */
export const normalType = (declared: string | undefined): string => {
  const type = (declared ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  return aliases.get(type) ?? (/^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : '')
}

/** The ending for a type, or an empty string if none is known. */
export const endingOfType = (type: string): string => {
  if (says.nothing.test(type)) return ''
  return endings.get(type) ?? (loadMimeTypes().extension(type) || '')
}

/** The type that a file name's ending stands for, or an empty string. Without a dot there is no ending. */
export const typeOfName = (name: string): string =>
  name.includes('.') ? normalType(loadMimeTypes().lookup(name) || '') : ''

/** `nothing`: servers use such types for any file. `little`: a name may say more, such as "docx" for a zip file. */
export const says = {
  nothing: /^$|\/(?:octet-stream|x-binary|(?:x-|force-)?download|unknown|x-unknown)$|\*/,
  little: /^(?:application\/(?:zip|xml|ogg|gzip|x-ole-storage|json)|text\/(?:plain|xml))$/,
}

/** Subtypes that browsers and channels show as a picture, or play. */
const shown = {
  image: /^(?:png|apng|jpeg|gif|webp|avif|bmp|svg\+xml|x-icon|vnd\.microsoft\.icon)$/,
  audio: /^(?:mpeg|mp4|aac|ogg|opus|wav|webm|flac|3gpp)$/,
  video: /^(?:mp4|webm|ogg|quicktime|3gpp|x-m4v)$/,
}

/** How an end user can be shown a file of this type. Everything else is a file to download. */
export const shownAs = (type: string): 'image' | 'audio' | 'video' | 'file' => {
  const [main = '', sub = ''] = type.split('/')
  return (main === 'image' || main === 'audio' || main === 'video') && shown[main].test(sub) ? main : 'file'
}
