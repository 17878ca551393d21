import { readFileAt } from './files'
import type { Stage } from './stage'
import type { RecordedFile, Snapshot } from './views'

/** A session with ordinary pictures and documents stays small enough to be sent to somebody. */
const MAX_FILE_BYTES = 2 * 1024 * 1024
const MAX_TOTAL_BYTES = 20 * 1024 * 1024

/** The files that messages of both sides show, each with its content or with the reason why it is left out. */
export const recordFiles = async ({ system, masker }: Stage, state: Snapshot): Promise<RecordedFile[]> => {
  const files: RecordedFile[] = []
  let roomBytes = MAX_TOTAL_BYTES
  for (const address of addressesIn(state)) {
    // The page knows the address only as it is shown, which is without secrets.
    const url = String(masker.value(address))
    try {
      const { bytes, headers } = await readFileAt(system, address)
      const missing = whyLeftOut(bytes.length, roomBytes)
      if (missing === undefined) {
        roomBytes -= bytes.length
        files.push({ url, contentType: headers['content-type'] ?? '', base64: bytes.toString('base64') })
      } else files.push({ url, missing })
    } catch {
      files.push({ url, missing: 'its address did not answer when the session was exported' })
    }
  }
  return files
}

const whyLeftOut = (bytes: number, roomBytes: number): string | undefined => {
  if (bytes > MAX_FILE_BYTES) return `larger than ${inMegabytes(MAX_FILE_BYTES)}`
  return bytes > roomBytes ? `the files before it fill the ${inMegabytes(MAX_TOTAL_BYTES)} of a recording` : undefined
}

const inMegabytes = (bytes: number): string => `${bytes / 1024 / 1024} MB`

const addressesIn = ({ people, chats }: Snapshot): Set<string> =>
  new Set([
    ...people.flatMap(({ messages }) => messages.flatMap(({ payload }) => addresses(payload))),
    ...chats.flatMap(({ transcript }) => transcript.flatMap(({ event }) => addresses(event))),
  ])

/** Addresses in the fields that the page shows: `imageUrl` and the like of a message, `url` of an event. */
const addresses = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(addresses)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, item]) =>
    /^(image|audio|video|file)?url$/i.test(name) && typeof item === 'string' ? [item] : addresses(item),
  )
}
