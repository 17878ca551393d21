import type { LiveChatEvent } from '../../livechat/schema'
import { webAddress } from './web-address'

type Element = NonNullable<LiveChatEvent['elements']>[number]
type Button = NonNullable<Element['buttons']>[number]

export type RichItem =
  { type: 'text'; payload: { text: string } } | { type: 'image'; payload: { imageUrl: string; title?: string } }

/** A button that sends an answer to LiveChat, unlike one that opens a page or dials. */
export type Choice = {
  /** The end user may reply with it. Counts from 1 across all cards of the message. */
  number: number
  label: string
  postbackId: string
  buttonType: string | undefined
  buttonValue: string | undefined
  /** Only on a shop's card. */
  productId: string | undefined
  /** Ids of the customers who have pressed it. */
  userIds: string[]
}

/** Converts cards, quick replies and stickers into images and readable text, in order. Numbers the choices. */
export const richItems = (elements: Element[]): RichItem[] => {
  const numbered = new Map(numberedButtons(elements).map(({ button, number }) => [button, number]))
  return elements.flatMap((element) => elementItems(element, numbered))
}

/** The choices of a rich message; none for any other event. */
export const choicesOf = (event: LiveChatEvent): Choice[] =>
  event.type === 'rich_message'
    ? numberedButtons(event.elements ?? []).map(({ button, number, postbackId, element }) => ({
        number,
        label: oneLine(button.text),
        postbackId,
        buttonType: button.type,
        buttonValue: button.value,
        productId: element.ecommerce?.product_id,
        userIds: button.user_ids ?? [],
      }))
    : []

const numberedButtons = (elements: Element[]) => {
  const answering = elements.flatMap((element) =>
    (element.buttons ?? []).flatMap((button) => {
      const isAnswer = oneLine(button.text) !== '' && button.postback_id && !opensSomething(button)
      return isAnswer ? [{ button, element, postbackId: button.postback_id ?? '' }] : []
    }),
  )
  return answering.map((each, index) => ({ ...each, number: index + 1 }))
}

const opensSomething = ({ type, value }: Button): boolean =>
  (type === 'url' || type === 'webview' || type === 'phone') && Boolean(value)

const elementItems = (element: Element, numbers: ReadonlyMap<Button, number>): RichItem[] => {
  const { image, title, subtitle, buttons = [] } = element
  const pictureUrl = image && webAddress(image.url)
  const lines = [
    image && pictureUrl === undefined ? image.url : undefined,
    title,
    subtitle,
    ...ecommerceLines(element.ecommerce),
    ...buttons.map((button) => buttonLine(button, numbers.get(button))),
  ].filter((line) => line)
  const pictureTitle = image?.alternative_text || image?.name
  return [
    ...(pictureUrl === undefined
      ? []
      : [
          {
            type: 'image' as const,
            payload: { imageUrl: pictureUrl, ...(pictureTitle ? { title: pictureTitle } : {}) },
          },
        ]),
    ...(lines.length > 0 ? [{ type: 'text' as const, payload: { text: lines.join('\n') } }] : []),
  ]
}

const buttonLine = (button: Button, number: number | undefined): string | undefined => {
  const label = oneLine(button.text)
  if (opensSomething(button)) {
    return label === '' || label === button.value ? `• ${button.value}` : `• ${label}: ${button.value}`
  }
  if (label === '') return undefined
  return number === undefined ? `• ${label}` : `${number}. ${label}`
}

/**
 * LiveChat documents the fields of a shop's card but not the shape of its options, so we show those that an option
 * usually has.
 */
const ecommerceLines = (ecommerce: Element['ecommerce']): string[] => {
  if (!ecommerce) return []
  const options = [...(ecommerce.options ?? []), ...(ecommerce.addons ?? [])]
  return [ecommerce.label ?? '', ...options.map(optionLine)].filter((line) => line !== '')
}

const optionLine = (option: Record<string, unknown>): string => {
  const named = ['label', 'name', 'title', 'text', 'value', 'price'].map((field) => option[field])
  const words = named.filter((value) => typeof value === 'string' || typeof value === 'number')
  return words.length > 0 ? `• ${[...new Set(words)].join(' ')}` : ''
}

/** Keeps a label on one line: with line breaks, it could look like several choices. */
const oneLine = (text: string | undefined): string => (text ?? '').replace(/\s+/g, ' ').trim()
