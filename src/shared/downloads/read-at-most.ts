import type { Readable } from 'node:stream'

/**
 * Reads all bytes of a stream, or returns `undefined` if there are more than `maxBytes`. Checks the declared length
 * first, and counts while it reads, because the declaration may be wrong or missing. Destroys a stream that is too
 * long.
 * @throws the error of the stream
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
    // Leaving the loop destroys the stream.
    if (bytes > maxBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
