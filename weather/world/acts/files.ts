/** The header of a picture of one pixel. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

export type WorldFile = { name: string; contentType: string; bytes: Buffer }

/** A picture or a document whose name begins with the token. Its size is its own, so that it can be recognised. */
export const fileOf = (name: string, kind: 'picture' | 'document', number: number): WorldFile => {
  const [head, ending, contentType] =
    kind === 'picture' ? [picture, 'png', 'image/png'] : [Buffer.from('%PDF-1.4\n'), 'pdf', 'application/pdf']
  return { name: `${name}.${ending}`, contentType, bytes: Buffer.concat([head, Buffer.alloc(number, ' ')]) }
}
