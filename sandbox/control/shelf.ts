import { ControlError } from './errors'
import type { Person } from './people'
import type { Stage } from './stage'
import type { ShelfItem } from './views'

type OnShelf = ShelfItem & {
  name: string
  contentType: string
  kind: 'image' | 'audio' | 'file'
  bytes: Buffer
  isTelegram?: true
}

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1')
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const TOO_LARGE_BYTES = 11 * 1024 * 1024

/** One file of each kind that is treated in its own way. Their contents are no more than their first bytes. */
const files: OnShelf[] = [
  {
    id: 'picture',
    title: 'Picture (PNG)',
    explains: 'Is copied into LiveChat.',
    ...{ name: 'kettle.png', contentType: 'image/png', kind: 'image', bytes: png },
  },
  {
    id: 'heic',
    title: 'Photo of an iPhone (HEIC)',
    explains: 'Browsers cannot show it; the agent gets a file.',
    ...{ name: 'IMG_0042.HEIC', contentType: 'image/heic', kind: 'image' },
    bytes: latin1('\0\0\0\x18ftypheic\0\0\0\0mif1heic'),
  },
  {
    id: 'voice',
    title: 'Voice message (Ogg)',
    explains: 'Arrives as a sound file.',
    ...{ name: 'voice.ogg', contentType: 'audio/ogg', kind: 'audio' },
    bytes: latin1('OggS\0\x02\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\x13OpusHead'),
  },
  {
    id: 'drawing',
    title: 'Drawing (DWG)',
    explains: 'Has the type of a picture, but is none.',
    ...{ name: 'plan.dwg', contentType: 'image/vnd.dwg', kind: 'image', bytes: latin1('AC1032\0\0\0\0\0') },
  },
  {
    id: 'pdf',
    title: 'Document (PDF)',
    explains: 'Is copied into LiveChat.',
    ...{ name: 'invoice.pdf', contentType: 'application/pdf', kind: 'file', bytes: latin1('%PDF-1.7\n') },
  },
  {
    id: 'program',
    title: 'Program (EXE)',
    explains: 'LiveChat does not accept programs; the agent gets a link.',
    ...{ name: 'tool.exe', contentType: 'application/octet-stream', kind: 'file', bytes: latin1('MZ\x90\0\x03\0\0\0') },
  },
  {
    id: 'large',
    title: 'Large file (11 MB)',
    explains: 'Too large for LiveChat; the agent gets a link.',
    ...{ name: 'recording.zip', contentType: 'application/zip', kind: 'file' },
    bytes: Buffer.concat([latin1('PK\x03\x04'), Buffer.alloc(TOO_LARGE_BYTES)]),
  },
  {
    id: 'page',
    title: 'A web page instead of a picture',
    explains: 'The address answers with a sign-in page, as when it has expired.',
    ...{ name: 'photo.jpg', contentType: 'text/html', kind: 'image' },
    bytes: latin1('<!DOCTYPE html><html><title>Sign in</title></html>'),
  },
  {
    id: 'telegram',
    title: 'File sent by Telegram',
    explains: 'Its address contains the token of the bot, which no agent may see.',
    ...{ name: 'file_1.pdf', contentType: 'application/pdf', kind: 'file', bytes: latin1('%PDF-1.7\n') },
    isTelegram: true,
  },
]

export const shelf: ShelfItem[] = files.map(({ id, title, explains }) => ({ id, title, explains }))

/** The person sends a file of the shelf, as their channel would. */
export const sendFromShelf = async (
  { system: { botpress }, people }: Stage,
  person: Person,
  id: string,
  cause: number,
): Promise<void> => {
  const file = files.find((candidate) => candidate.id === id)
  if (!file) throw new ControlError(404, `There is no file ${id} on the shelf`)
  const { kind, name, contentType, bytes } = file
  const stored = { name, contentType, bytes }
  const url = file.isTelegram ? botpress.addTelegramFile(stored) : botpress.addPublicFile(stored)
  await people.say(person, cause, kind, {
    [`${kind}Url`]: url,
    ...(kind === 'file' ? { title: name } : {}),
  })
}
