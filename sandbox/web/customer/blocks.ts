import type { GenericBlock } from '@botpress/webchat'
import { fileAddress } from '../api'

type Payload = Record<string, unknown>
type Option = { label: string; value: string }

/** A message as the webchat's components render it. What they cannot render is named instead. */
export const toBlock = (type: string, payload: Payload): GenericBlock => {
  const block = blockOf(type, payload)
  return block.type === 'column' || block.type === 'carousel' ? block : { type: 'bubble', block }
}

const blockOf = (type: string, payload: Payload): GenericBlock => {
  switch (type) {
    case 'text':
      return { type: 'text', text: textOf(payload.text) }
    case 'markdown':
      return { type: 'text', text: textOf(payload.markdown) }
    case 'image':
      return { type: 'image', url: addressOf(payload.imageUrl) }
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
        (payload.items as { type: string; payload: Payload }[]).map((item) => toBlock(item.type, item.payload)),
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

const column = (blocks: GenericBlock[]): GenericBlock => ({ type: 'column', blocks, horizontalAlignment: 'left' })

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

const addressOf = (url: unknown): string => fileAddress(textOf(url))

const nameIn = (url: unknown): string => decodeURIComponent(textOf(url).split('?')[0]?.split('/').at(-1) ?? 'File')
