import type { MessageProps } from '../../bp'
import type { FileClaims } from './file-name'
import { markdownToText } from './markdown-to-text'
import { fileNameOf, titleOf } from './media-line'

/** One part of a message to the agent. */
export type OutgoingPart = { kind: 'text'; text: string } | ({ kind: 'media' } & FileClaims)

type Payloads = { [K in keyof MessageProps]: MessageProps[K]['payload'] }
type BlocItem = Payloads['bloc']['items'][number]

const media = (
  mediaType: FileClaims['mediaType'],
  url: string,
  payload: { title?: string | undefined },
): OutgoingPart[] => [{ kind: 'media', mediaType, url, title: titleOf(payload), fileName: fileNameOf(payload) }]

/** Converts each message type of channel `hitl` into its parts, in order. Ignores all other fields of the payload. */
export const partsOf: { [K in keyof Payloads]: (payload: Payloads[K]) => OutgoingPart[] } = {
  text: ({ text }) => [{ kind: 'text', text }],
  image: (payload) => media('image', payload.imageUrl, payload),
  audio: (payload) => media('audio', payload.audioUrl, payload),
  video: (payload) => media('video', payload.videoUrl, payload),
  file: (payload) => media('file', payload.fileUrl, payload),
  bloc: ({ items }) => joinTexts(items.flatMap(itemParts)),
}

const itemParts = (item: BlocItem): OutgoingPart[] => {
  switch (item.type) {
    case 'text':
      return partsOf.text(item.payload)
    case 'markdown':
      return partsOf.text({ text: markdownToText(item.payload.markdown) })
    case 'image':
      return partsOf.image(item.payload)
    case 'audio':
      return partsOf.audio(item.payload)
    case 'video':
      return partsOf.video(item.payload)
    case 'file':
      return partsOf.file(item.payload)
    case 'location':
      return partsOf.text({ text: describeLocation(item.payload) })
  }
}

type Location = { latitude: number; longitude: number; title?: string | undefined; address?: string | undefined }

/** A location as readable text: its name and address, then a link to a map. */
export const describeLocation = ({ latitude, longitude, title, address }: Location): string =>
  [title, address, `https://www.google.com/maps?q=${latitude},${longitude}`].filter((line) => line).join('\n')

/** Joins neighbouring texts, so that the agent gets one event, and one notification, for them. */
const joinTexts = (parts: OutgoingPart[]): OutgoingPart[] => {
  const joined: OutgoingPart[] = []
  for (const part of parts) {
    const last = joined.at(-1)
    if (part.kind === 'text' && last?.kind === 'text')
      joined[joined.length - 1] = { kind: 'text', text: `${last.text}\n${part.text}` }
    else joined.push(part)
  }
  return joined
}
