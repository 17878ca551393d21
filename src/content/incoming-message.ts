import type { LiveChatEvent } from '../livechat/schema'

/** What an agent's event becomes in channel `hitl`. */
export type IncomingMessage =
  | { type: 'text'; payload: { text: string } }
  | { type: 'image'; payload: { imageUrl: string; title?: string } }
  | { type: 'audio'; payload: { audioUrl: string; title?: string } }
  | { type: 'video'; payload: { videoUrl: string; title?: string } }
  | { type: 'file'; payload: { fileUrl: string; title?: string } }
  | { type: 'bloc'; payload: { items: BlocItem[] } }
type BlocItem =
  { type: 'text'; payload: { text: string } } | { type: 'image'; payload: { imageUrl: string; title?: string } }

/** A LiveChat event as a message, or `undefined` when it has nothing to show or is of a kind that is not relayed. */
export const toIncomingMessage = (event: LiveChatEvent): IncomingMessage | undefined => {
  switch (event.type) {
    case 'message':
      return event.text ? { type: 'text', payload: { text: event.text } } : undefined
    case 'file':
      return event.url ? fileMessage(event.url, event) : undefined
    case 'rich_message':
      return richMessage(event.elements ?? [])
    default:
      return undefined
  }
}

const fileMessage = (url: string, event: LiveChatEvent): IncomingMessage => {
  const name = event.alternative_text || event.name
  const title = name ? { title: name } : {}
  switch (event.content_type?.split('/')[0]) {
    case 'image':
      return { type: 'image', payload: { imageUrl: url, ...title } }
    case 'audio':
      return { type: 'audio', payload: { audioUrl: url, ...title } }
    case 'video':
      return { type: 'video', payload: { videoUrl: url, ...title } }
    default:
      return { type: 'file', payload: { fileUrl: url, ...title } }
  }
}

type Element = NonNullable<LiveChatEvent['elements']>[number]

/** Cards, quick replies and stickers: pictures and readable text in order. */
const richMessage = (elements: Element[]): IncomingMessage | undefined => {
  const items = elements.flatMap(elementItems)
  const [first] = items
  if (!first) return undefined
  return items.length === 1 ? first : { type: 'bloc', payload: { items } }
}

const elementItems = ({ image, title, subtitle, buttons = [] }: Element): BlocItem[] => {
  const lines = [title, subtitle, ...buttons.map(buttonLine)].filter((line) => line)
  return [
    ...(image
      ? [{ type: 'image' as const, payload: { imageUrl: image.url, ...(image.name ? { title: image.name } : {}) } }]
      : []),
    ...(lines.length > 0 ? [{ type: 'text' as const, payload: { text: lines.join('\n') } }] : []),
  ]
}

const buttonLine = ({ text, type, value }: NonNullable<Element['buttons']>[number]): string | undefined => {
  if (!text) return undefined
  const shows = (type === 'url' || type === 'webview' || type === 'phone') && value && value !== text
  return shows ? `• ${text}: ${value}` : `• ${text}`
}
