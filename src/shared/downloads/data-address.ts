/** Blanks, control characters, quotes or brackets may come before `data:`, and tabs or line breaks inside it. */
const beginning = /^[\s\p{Cc}\p{Cf}"'`<([]*d[\t\n\r]*a[\t\n\r]*t[\t\n\r]*a[\t\n\r]*:/iu

/** Whether an address holds its file in itself. */
export const isDataAddress = (address: string): boolean => beginning.test(address)

/**
 * The file that a `data:` address holds, or why there is none. The address is the file: nothing is downloaded.
 * `fileName`: some programs put it into the parameter `name` or `filename`.
 */
export type DataFile =
  | { ok: true; bytes: Buffer; contentType: string; fileName: string | undefined }
  | { ok: false; reason: 'too_large' | 'not_reachable' }

export const readDataAddress = (address: string, maxBytes: number): DataFile => {
  const [start = ''] = beginning.exec(address) ?? []
  const after = address.slice(start.length).trimEnd()
  const content = /["'`<([]/.test(start) ? after.replace(/["'`>)\]]$/, '') : after
  const comma = content.indexOf(',')
  // Three bytes take four characters in Base64, and up to nine with percent signs.
  if (comma === -1) return { ok: false, reason: 'not_reachable' }
  if (content.length > maxBytes * 9) return { ok: false, reason: 'too_large' }
  const [type = '', ...parameters] = content.slice(0, comma).split(';')
  const isBase64 = parameters.some((each) => each.trim().toLowerCase() === 'base64')
  const bytes = readBytes(content.slice(comma + 1), isBase64)
  if (!bytes) return { ok: false, reason: 'not_reachable' }
  if (bytes.length > maxBytes) return { ok: false, reason: 'too_large' }
  // Without a type, such an address holds plain text. In Base64, it may also be a picture whose type was forgotten.
  const contentType = type.trim().toLowerCase() || (isBase64 ? '' : 'text/plain')
  return { ok: true, bytes, contentType, fileName: nameIn(parameters) }
}

const readBytes = (content: string, isBase64: boolean): Buffer | undefined => {
  const plain = content.includes('%') ? decodedBytes(content) : Buffer.from(content)
  if (!isBase64) return plain
  const bytes = Buffer.from(plain.toString('latin1'), 'base64')
  return bytes.length === 0 && plain.length > 0 ? undefined : bytes
}

const decodedBytes = (content: string): Buffer => {
  const source = Buffer.from(content)
  const bytes = Buffer.alloc(source.length)
  let length = 0
  for (let at = 0; at < source.length; at += 1) {
    const code = source[at] === 0x25 ? source.toString('latin1', at + 1, at + 3) : ''
    const isEncoded = /^[0-9a-f]{2}$/i.test(code)
    bytes[length] = isEncoded ? parseInt(code, 16) : (source[at] ?? 0)
    if (isEncoded) at += 2
    length += 1
  }
  return bytes.subarray(0, length)
}

const nameIn = (parameters: string[]): string | undefined => {
  const [, name] =
    parameters.map((each) => each.split('=')).find(([key = '']) => /^(file)?name$/i.test(key.trim())) ?? []
  return name ? decodedBytes(name).toString() : undefined
}
