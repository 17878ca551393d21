import type { GenericBlock } from '@botpress/webchat'
import { fileAddress } from '../api'
import { withoutFile } from '../format'

type Payload = Record<string, unknown>
type Option = { label: string; value: string }
type Direction = 'incoming' | 'outgoing'
/** Why a recording has not the file at an address. */
export type MissingFiles = ReadonlyMap<string, string>

/** A message as the webchat's components render it. What they cannot render is named instead. */
export const toBlock = (
  type: string,
  payload: Payload,
  direction: Direction,
  missingFiles: MissingFiles,
): GenericBlock => {
  const url = textOf(payload[`${type}Url`])
  const missing = missingFiles.get(url)
  const block: GenericBlock =
    missing === undefined
      ? blockOf(type, payload, direction, missingFiles)
      : { type: 'text', text: withoutFile(textOf(payload.title) || nameIn(url), missing) }
  return block.type === 'column' || block.type === 'carousel' ? block : { type: 'bubble', block }
}

const blockOf = (type: string, payload: Payload, direction: Direction, missingFiles: MissingFiles): GenericBlock => {
  switch (type) {
    case 'text':
      return { type: 'text', text: textOf(payload.text) }
    case 'markdown':
      return { type: 'text', text: textOf(payload.markdown) }
    case 'image':
      return { type: 'image', url: addressOf(payload.imageUrl, textOf(payload.title)) }
    case 'audio':
      return { type: 'audio', url: addressOf(payload.audioUrl) }
    case 'video':
      return { type: 'video', url: addressOf(payload.videoUrl) }
    case 'file':
      return { type: 'file', url: addressOf(payload.fileUrl), title: textOf(payload.title) || nameIn(payload.fileUrl) }
    case 'location':
      return {
        type: 'location',
        latitude: Number(payload.latitude),
        longitude: Number(payload.longitude),
        title: textOf(payload.title),
      }
    case 'choice':
    case 'dropdown':
      return choice(payload)
    case 'bloc':
      return column(
        itemsOf(payload).map((item) => toBlock(item.type, item.payload, direction, missingFiles)),
        direction,
      )
    default:
      return { type: 'text', text: `(a message of the type "${type}")` }
  }
}

const choice = ({ text, options }: Payload): GenericBlock =>
  column([
    { type: 'bubble', block: { type: 'text', text: textOf(text) } },
    {
      type: 'row',
      blocks: ((options ?? []) as Option[]).map(({ label, value }) => ({
        type: 'button',
        variant: 'action',
        text: label,
        buttonValue: value,
        reusable: true,
      })),
    },
  ])

const column = (blocks: GenericBlock[], direction: Direction = 'incoming'): GenericBlock => ({
  type: 'column',
  blocks,
  horizontalAlignment: direction === 'outgoing' ? 'right' : 'left',
})

const itemsOf = ({ items }: Payload): { type: string; payload: Payload }[] =>
  Array.isArray(items) ? (items as { type: string; payload: Payload }[]) : []

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The name is what somebody hears who cannot see the picture. */
const addressOf = (url: unknown, title = ''): string => fileAddress(textOf(url), title || nameIn(url))

const nameIn = (url: unknown): string => decodeURIComponent(textOf(url).split('?')[0]?.split('/').at(-1) ?? 'File')
