import { readFileSync } from 'node:fs'

/** A kettle that leaks. */
export const photo = {
  name: 'leak.png',
  mimeType: 'image/png',
  buffer: readFileSync(new URL('leak.png', import.meta.url)),
}

export const guarantee = {
  name: 'guarantee.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.4 guarantee of two years'),
}
