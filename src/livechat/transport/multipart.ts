export type UploadableFile = { name: string; contentType: string; bytes: Buffer }

/**
 * Encodes one file as `multipart/form-data` (RFC 7578), field `file`. `boundary` must not occur in the bytes, so pass a
 * random id.
 */
export const encodeMultipartFile = (file: UploadableFile, boundary: string): { body: Buffer; contentType: string } => {
  const head =
    `--${boundary}\r\n` +
    `content-disposition: form-data; name="file"; filename="${escapeQuoted(file.name)}"\r\n` +
    `content-type: ${file.contentType.replace(/[\r\n]/g, '')}\r\n\r\n`
  return {
    body: Buffer.concat([Buffer.from(head), file.bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
    contentType: `multipart/form-data; boundary=${boundary}`,
  }
}

// Escapes file names as browsers do in form data (HTML standard, multipart form data).
const escapeQuoted = (name: string): string => name.replace(/\r/g, '%0D').replace(/\n/g, '%0A').replace(/"/g, '%22')
