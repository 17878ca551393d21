/**
 * What the first bytes of a file show. `container`: a format that many types share, such as zip or MP4. Then `type` is
 * the likeliest type, and a name or a declared type that fits may be more precise. Types without such a mark, such as
 * CSV, are not recognised.
 */
export type Recognised = { type: string; container?: 'zip' | 'ole' | 'ogg' | 'mp4' | 'ebml' | 'asf' | 'gzip' | 'xml' }

export const recognise = (bytes: Buffer): Recognised | undefined => {
  const start = bytes.toString('latin1', 0, 64)
  const type = signatures.find(([, mark, at = 0]) => start.startsWith(mark, at))?.[0]
  if (type !== undefined) return { type }
  return bitmap(bytes) ?? riff(start) ?? mp4(start) ?? sound(bytes) ?? container(bytes, start)
}

/** Whether the bytes are a program or a script for a shell, whatever the file is called. */
export const isProgram = (bytes: Buffer): boolean => {
  const start = bytes.toString('latin1', 0, 64)
  return (
    programMarks.some((mark) => start.startsWith(mark)) ||
    // A text may also begin with "MZ". Only the header of a program has zero bytes.
    (start.startsWith('MZ') && start.includes('\0')) ||
    // A sound may also begin with "#!" ("#!AMR").
    /^(?:\xEF\xBB\xBF)?(?:#! *\/|@echo off\b)/i.test(start) ||
    (start.startsWith('PK\x03\x04') && holdsProgram(bytes)) ||
    (start.startsWith(oleMark) && bytes.includes(installerId)) ||
    (bytes.length > 512 && bytes.toString('latin1', bytes.length - 512, bytes.length - 508) === 'koly')
  )
}

/** Whether the bytes are a text that servers send in place of a file: HTML, JSON, or the XML of an error. */
export const pageKind = (bytes: Buffer): 'html' | 'data' | undefined => {
  const start = textStart(bytes)
  if (htmlStart.test(start)) return 'html'
  if (start.startsWith('<?xml') && /<html[\s>]/i.test(start)) return 'html'
  if (/^(?:<\?xml[^>]*>\s*)?<(?:error|errors|errorresponse|fault|problem|[a-z]+:fault)[\s>]/i.test(start)) return 'data'
  return /^[{[]/.test(start) && isJson(bytes) ? 'data' : undefined
}

/** Whether the bytes are a short text that says why there is no file. */
export const isMessage = (bytes: Buffer): boolean => {
  if (bytes.length > 2_000) return false
  const text = bytes.toString('latin1')
  const words =
    /\b(?:error|not found|forbidden|unauthori[sz]ed|denied|expired|invalid|unavailable|no longer|not exist)\b/i
  return !/[^\t\n\r -~\x80-\xFF]/.test(text) && words.test(text)
}

const signatures: readonly (readonly [type: string, mark: string, at?: number])[] = [
  ['image/png', '\x89PNG\r\n\x1A\n'],
  ['image/jpeg', '\xFF\xD8\xFF'],
  ['image/gif', 'GIF87a'],
  ['image/gif', 'GIF89a'],
  ['image/tiff', 'II*\0'],
  ['image/tiff', 'MM\0*'],
  ['image/vnd.adobe.photoshop', '8BPS'],
  ['image/vnd.djvu', 'AT&TFORM'],
  ['image/vnd.dwg', 'AC10'],
  ['image/x-icon', '\0\0\x01\0'],
  ['image/jp2', 'jP  \r\n\x87\n', 4],
  ['image/jxl', 'JXL \r\n\x87\n', 4],
  ['application/pdf', '%PDF-'],
  ['application/pdf', '\xEF\xBB\xBF%PDF-'],
  ['application/rtf', '{\\rtf'],
  ['application/vnd.rar', 'Rar!\x1A\x07'],
  ['application/x-7z-compressed', '7z\xBC\xAF\x27\x1C'],
  ['application/x-xz', '\xFD7zXZ\0'],
  ['audio/mpeg', 'ID3'],
  ['audio/flac', 'fLaC'],
  ['audio/amr', '#!AMR'],
  ['audio/midi', 'MThd'],
  ['audio/aiff', 'AIFF', 8],
  ['audio/x-caf', 'caff'],
  ['video/x-flv', 'FLV\x01'],
  ['video/mpeg', '\0\0\x01\xBA'],
  ['video/mpeg', '\0\0\x01\xB3'],
  ['video/quicktime', 'moov', 4],
  ['video/quicktime', 'mdat', 4],
  ['video/quicktime', 'wide', 4],
]

const oleMark = '\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1'

/** ELF, Mach-O, Java or universal Mach-O, Android, packages of Linux and macOS, extensions of Chrome, links of Windows. */
const programMarks = [
  '\x7FELF',
  '\xFE\xED\xFA\xCE',
  '\xFE\xED\xFA\xCF',
  '\xCE\xFA\xED\xFE',
  '\xCF\xFA\xED\xFE',
  '\xCA\xFE\xBA\xBE',
  'dex\n0',
  '!<arch>\ndebian',
  '\xED\xAB\xEE\xDB',
  'xar!',
  'Cr24',
  'L\0\0\0\x01\x14\x02\0',
]

/** The class of an installer of Windows, which is a container like an old Word document. */
const installerId = Buffer.from('84100c0000000000c000000000000046', 'hex')

/** Programs for Android and Java are zip files that name these in their list. */
const holdsProgram = (bytes: Buffer): boolean => {
  const names = bytes.subarray(0, 1_000).toString('latin1') + listOfZip(bytes)
  // The zero byte before a name shows that it is in no folder. So a zip file of source code is no program.
  return /\0(?:AndroidManifest\.xml|META-INF\/MANIFEST\.MF|classes\.dex)/.test(names)
}

/** The list of a zip file's entries is at its end. */
const listOfZip = (bytes: Buffer): string => {
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  const from = end === -1 || end + 20 > bytes.length ? bytes.length : bytes.readUInt32LE(end + 16)
  return bytes.subarray(from, from + 100_000).toString('latin1')
}

const bitmap = (bytes: Buffer): Recognised | undefined =>
  bytes.length > 18 &&
  bytes.toString('latin1', 0, 2) === 'BM' &&
  bytes.readUInt32LE(14) < 200 &&
  bytes.readUInt32LE(14) >= 12
    ? { type: 'image/bmp' }
    : undefined

const riff = (start: string): Recognised | undefined => {
  const type = start.startsWith('RIFF') ? riffTypes.get(start.slice(8, 12)) : undefined
  return type === undefined ? undefined : { type }
}
const riffTypes = new Map([
  ['WEBP', 'image/webp'],
  ['WAVE', 'audio/wav'],
  ['AVI ', 'video/x-msvideo'],
])

const mp4 = (start: string): Recognised | undefined => {
  if (!start.startsWith('ftyp', 4)) return undefined
  const brand = start.slice(8, 12)
  if (/^avi[fs]/.test(brand)) return { type: 'image/avif' }
  if (/^(?:hei|hev|mif1|msf1)/.test(brand)) return { type: start.includes('avif') ? 'image/avif' : 'image/heic' }
  if (/^M4[AB]/.test(brand)) return { type: 'audio/mp4', container: 'mp4' }
  if (brand === 'qt  ') return { type: 'video/quicktime', container: 'mp4' }
  if (brand === 'crx ') return { type: 'image/x-canon-cr3' }
  return { type: /^3g/.test(brand) ? 'video/3gpp' : 'video/mp4', container: 'mp4' }
}

/** Without a header, MP3 and AAC begin with a frame. */
const sound = (bytes: Buffer): Recognised | undefined => {
  const [first = 0, second = 0] = bytes
  if (first !== 0xff) return undefined
  if ((second & 0xf6) === 0xf0) return { type: 'audio/aac' }
  return (second & 0xe6) === 0xe2 ? { type: 'audio/mpeg' } : undefined
}

const container = (bytes: Buffer, start: string): Recognised | undefined => {
  if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06'))
    return { type: zipType(bytes), container: 'zip' }
  if (start.startsWith(oleMark)) return { type: oleType(bytes), container: 'ole' }
  if (start.startsWith('OggS')) return { type: start.includes('theora') ? 'video/ogg' : 'audio/ogg', container: 'ogg' }
  if (start.startsWith('\x1A\x45\xDF\xA3'))
    return { type: start.includes('webm') ? 'video/webm' : 'video/x-matroska', container: 'ebml' }
  if (start.startsWith('\x30\x26\xB2\x75\x8E\x66\xCF\x11')) return { type: 'video/x-ms-wmv', container: 'asf' }
  if (start.startsWith('\x1F\x8B')) return { type: 'application/gzip', container: 'gzip' }
  const text = textStart(bytes)
  if (/^(?:<\?xml|<svg|<!--|<!DOCTYPE svg)/i.test(text) && /<svg[\s>]/i.test(text)) return { type: 'image/svg+xml' }
  return text.startsWith('<?xml') ? { type: 'application/xml', container: 'xml' } : undefined
}

/** Office documents name their kind in the list of the zip file, OpenDocument and EPUB in its first entry. */
const zipType = (bytes: Buffer): string => {
  const declared = /^mimetype(application\/[a-z0-9.+-]+)/
    .exec(bytes.toString('latin1', 30, 130))?.[1]
    ?.replace(/PK$/, '')
  if (declared !== undefined) return declared
  const names = listOfZip(bytes)
  if (!names.includes('[Content_Types].xml')) return 'application/zip'
  const kind = officeKinds.find(([folder]) => names.includes(folder))?.[1]
  return kind === undefined ? 'application/zip' : `application/vnd.openxmlformats-officedocument.${kind}`
}
const officeKinds = [
  ['word/document', 'wordprocessingml.document'],
  ['xl/workbook', 'spreadsheetml.sheet'],
  ['ppt/presentation', 'presentationml.presentation'],
] as const

const oleType = (bytes: Buffer): string =>
  oleKinds.find(([stream]) => bytes.includes(Buffer.from(stream, 'utf16le')))?.[1] ?? 'application/x-ole-storage'
const oleKinds = [
  ['WordDocument', 'application/msword'],
  ['Workbook', 'application/vnd.ms-excel'],
  ['PowerPoint Document', 'application/vnd.ms-powerpoint'],
  ['__substg1.0_', 'application/vnd.ms-outlook'],
] as const

/** The beginning of a text, without a byte order mark and blanks. */
const textStart = (bytes: Buffer): string => {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe
  return bytes
    .subarray(0, 2_048)
    .toString(isUtf16 ? 'utf16le' : 'utf8')
    .replace(/^\uFEFF/, '')
    .trimStart()
}

const htmlStart =
  /^(?:<!--[^]{0,1000}?-->\s*)?<(?:!doctype html|html|head|body|title|meta|script|style|link|iframe|center|div|h1|p)[\s>/]/i

/** Longer answers are no error messages, and parsing them takes time. */
const maxJsonBytes = 200_000

const isJson = (bytes: Buffer): boolean => {
  if (bytes.length > maxJsonBytes) return false
  try {
    JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, ''))
    return true
  } catch {
    return false
  }
}
