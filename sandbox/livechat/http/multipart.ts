export type MultipartPart = { field: string; name: string | undefined; contentType: string; bytes: Buffer }

/** Splits a `multipart/form-data` body as bytes. `undefined` if it is not such a body. */
export const parseMultipart = (contentTypeHeader: string | undefined, body: Buffer): MultipartPart[] | undefined => {
  const boundary = /^multipart\/form-data\s*;.*boundary="?([^";]+)"?/i.exec(contentTypeHeader ?? '')?.[1]
  if (!boundary) return undefined
  // A line break in front makes the first delimiter look like the others.
  const bytes = Buffer.concat([Buffer.from('\r\n'), body])
  const delimiter = Buffer.from(`\r\n--${boundary}`)
  const parts: MultipartPart[] = []
  let start = bytes.indexOf(delimiter)
  while (start >= 0) {
    const contentStart = start + delimiter.length
    const end = bytes.indexOf(delimiter, contentStart)
    if (end < 0) break
    const part = parsePart(bytes.subarray(contentStart + 2, end))
    if (part) parts.push(part)
    start = end
  }
  return parts
}

const parsePart = (bytes: Buffer): MultipartPart | undefined => {
  const headerEnd = bytes.indexOf('\r\n\r\n')
  if (headerEnd < 0) return undefined
  const headers = bytes.toString('utf8', 0, headerEnd)
  const field = /;\s*name="([^"]*)"/i.exec(headers)?.[1]
  if (field === undefined) return undefined
  return {
    field,
    name: fileName(headers),
    contentType: /^content-type:\s*(.+)$/im.exec(headers)?.[1]?.trim() ?? 'application/octet-stream',
    bytes: Buffer.from(bytes.subarray(headerEnd + 4)),
  }
}

const fileName = (headers: string): string | undefined => {
  // Clients write names outside ASCII unchanged, percent-encoded (quotes only) or as `filename*`.
  const extended = /filename\*=UTF-8''([^;\r\n]+)/i.exec(headers)?.[1]
  if (extended !== undefined) return decodeURIComponent(extended)
  return /filename="([^"]*)"/i.exec(headers)?.[1]?.replaceAll('%22', '"')
}
