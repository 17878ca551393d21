import type { Readable } from 'node:stream'

/**
 * The bytes of a stream, or `undefined` when there are more than `maxBytes`: told from the length that was declared,
 * before anything is read, and counted while reading, since declarations may be wrong or missing.
 */
export const readAtMost = async (
  stream: Readable,
  declaredLength: unknown,
  maxBytes: number,
): Promise<Buffer | undefined> => {
  if (Number(declaredLength ?? 0) > maxBytes) {
    stream.destroy()
    return undefined
  }
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length
    // Leaving the loop ends the stream.
    if (bytes > maxBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
