import type { LiveChatEvent } from '../../livechat/schema'
import { normalType, says, shownAs, typeOfName } from '../file-types'
import { formQuestion } from './form-question'
import { richItems, type RichItem } from './rich-message'
import { webAddress } from './web-address'

/** The message on channel `hitl` that shows an agent's event to the end user. */
export type IncomingMessage =
  | { type: 'text'; payload: { text: string } }
  | { type: 'image'; payload: { imageUrl: string; title?: string } }
  | { type: 'audio'; payload: { audioUrl: string; title?: string } }
  | { type: 'video'; payload: { videoUrl: string; title?: string } }
  | { type: 'file'; payload: { fileUrl: string; title?: string } }
  | { type: 'bloc'; payload: { items: BlocItem[] } }
export type BlocItem = Exclude<IncomingMessage, { type: 'bloc' }>

/**
 * Converts a LiveChat event into a message. Returns `undefined` if the event has no content to show, or if we do not
 * relay its type. Text stays as it is, Markdown included: Botpress' channels read text messages as CommonMark, the
 * format that LiveChat calls `chats.formatting`.
 */
export const toIncomingMessage = (event: LiveChatEvent): IncomingMessage | undefined => {
  switch (event.type) {
    case 'message':
      return event.text ? textMessage(event.text) : undefined
    case 'file':
      return event.url ? fileMessage(event.url, event) : undefined
    case 'rich_message':
      return asOne(richItems(event.elements ?? []))
    case 'form': {
      const question = formQuestion(event.fields ?? [])
      return question === undefined ? undefined : textMessage(question)
    }
    default:
      return undefined
  }
}

const textMessage = (text: string): IncomingMessage => ({ type: 'text', payload: { text } })

/**
 * Joins several items into a bloc. A single item stays as it is, because more channels can show a single item than a
 * bloc.
 */
const asOne = (items: RichItem[]): IncomingMessage | undefined => {
  const [first] = items
  if (!first) return undefined
  return items.length === 1 ? first : { type: 'bloc', payload: { items } }
}

const fileMessage = (address: string, event: LiveChatEvent): IncomingMessage => {
  const name = fileTitle(event)
  const url = webAddress(address)
  if (url === undefined) return textMessage(name === undefined ? address : `${name}\n${address}`)
  const title = name === undefined ? {} : { title: name }
  switch (kindOf(event)) {
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

/** The alternative text that the agent wrote, if any, and the file's name. */
const fileTitle = ({ alternative_text, name }: LiveChatEvent): string | undefined => {
  if (!alternative_text) return name || undefined
  return name && name !== alternative_text ? `${alternative_text} (${name})` : alternative_text
}

/** Decides by the content type. If that says nothing, decides by the ending of the name. */
const kindOf = ({ content_type, name }: LiveChatEvent): 'image' | 'audio' | 'video' | 'file' => {
  const declared = normalType(content_type)
  return shownAs(says.nothing.test(declared) ? typeOfName(name ?? '') : declared)
}
