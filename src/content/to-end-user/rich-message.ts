import { numberedButtons, oneLine, opensSomething, type Button, type Element } from '../choices'
import { webAddress } from './web-address'

export type RichItem =
  { type: 'text'; payload: { text: string } } | { type: 'image'; payload: { imageUrl: string; title?: string } }

/** Converts cards, quick replies and stickers into images and readable text, in order. Numbers the choices. */
export const richItems = (elements: Element[]): RichItem[] => {
  const numbered = new Map(numberedButtons(elements).map(({ button, number }) => [button, number]))
  return elements.flatMap((element) => elementItems(element, numbered))
}

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
 * LiveChat documents the fields of a shop's card, but not the fields of the card's options. So we show the fields that
 * an option usually has.
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
