import { fieldsOf } from '../../shared/fields'

/** One thing that somebody said, as far as it can be shown to an agent. */
export type Said =
  | { kind: 'text'; text: string }
  | { kind: 'markdown'; text: string }
  | Media
  | { kind: 'location'; location: Location }
  | { kind: 'cards'; cards: Card[] }
  | { kind: 'choice'; text: string; options: Option[] }
  /** A message of a type that we do not know, without any text or address. */
  | { kind: 'unknown' }

/** `fields`: the whole payload, in which a channel may name the file. */
export type Media = {
  kind: 'media'
  mediaType: MediaType
  url: string
  title: string | undefined
  fields: Record<string, unknown>
}
export type MediaType = 'image' | 'audio' | 'video' | 'file'
export type Option = { label: string; value: string }
export type Card = { title: string; subtitle: string | undefined; links: Option[]; options: Option[] }
export type Location = {
  latitude?: number | undefined
  longitude?: number | undefined
  title?: string | undefined
  address?: string | undefined
}

/**
 * Reads the payload of a message, live or from the history. Channels and plugins add fields and types of their own:
 * nothing is required, and fields that we do not know are ignored. An unknown type is shown by whatever text or address
 * it has. Returns several entries for a bloc, and none for a message that shows nothing.
 */
export const readSaid = (type: unknown, payload: unknown, depth = 0): Said[] => {
  const fields = fieldsOf(payload)
  switch (type) {
    case 'text':
      return textOf('text', fields['text'])
    case 'markdown':
      return textOf('markdown', fields['markdown'] ?? fields['text'])
    case 'image':
    case 'audio':
    case 'video':
    case 'file':
      return mediaOf(type, fields)
    case 'location':
      return locationOf(fields)
    case 'card':
      return cardsOf([payload])
    case 'carousel':
      return cardsOf(listOf(fields['items']))
    case 'choice':
    case 'dropdown':
      return choiceOf(fields)
    case 'bloc':
      return depth > maxDepth ? [] : blocOf(fields, depth)
    default:
      return unknownOf(fields, depth)
  }
}

/** A bloc should hold no blocs, but an attacker may nest a thousand. */
const maxDepth = 3

const blocOf = (fields: Fields, depth: number): Said[] =>
  listOf(fields['items']).flatMap((item) => {
    const { type, payload } = fieldsOf(item)
    return readSaid(type, payload ?? item, depth + 1)
  })

const textOf = (kind: 'text' | 'markdown', value: unknown): Said[] => {
  const text = wordsOf(value)
  return text === undefined ? [] : [{ kind, text }]
}

const mediaOf = (mediaType: MediaType, fields: Fields): Said[] => {
  const url = wordsOf(fields[`${mediaType}Url`]) ?? wordsOf(fields['url'])
  const title = wordsOf(fields['title'])
  if (url !== undefined) return [{ kind: 'media', mediaType, url, title, fields }]
  return textOf('text', title)
}

const locationOf = (fields: Fields): Said[] => {
  const location = {
    latitude: numberOf(fields['latitude']),
    longitude: numberOf(fields['longitude']),
    title: wordsOf(fields['title']),
    address: wordsOf(fields['address']),
  }
  const isOnMap = location.latitude !== undefined && location.longitude !== undefined
  return isOnMap || location.title !== undefined || location.address !== undefined
    ? [{ kind: 'location', location }]
    : []
}

const cardsOf = (list: unknown[]): Said[] => {
  const cards = list.flatMap((each): Card[] => {
    const fields = fieldsOf(each)
    const actions = listOf(fields['actions']).flatMap((action) =>
      optionOf(action).map((option) => ({ option, isLink: fieldsOf(action)['action'] === 'url' })),
    )
    const card = {
      title: wordsOf(fields['title']) ?? '',
      subtitle: wordsOf(fields['subtitle']),
      links: actions.flatMap(({ option, isLink }) => (isLink ? [option] : [])),
      options: actions.flatMap(({ option, isLink }) => (isLink ? [] : [option])),
    }
    return card.title === '' && card.subtitle === undefined && actions.length === 0 ? [] : [card]
  })
  if (cards.length > 0) return [{ kind: 'cards', cards }]
  return list.flatMap((each) => mediaOf('image', fieldsOf(each)))
}

const choiceOf = (fields: Fields): Said[] => {
  const text = wordsOf(fields['text']) ?? ''
  const options = listOf(fields['options']).flatMap(optionOf)
  return text === '' && options.length === 0 ? [] : [{ kind: 'choice', text, options }]
}

/** A label alone, or a value alone, is an option, too. Some bots use another name for the label. */
const optionOf = (given: unknown): Option[] => {
  const fields = fieldsOf(given)
  const label = wordsOf(given) ?? wordsOf(fields['label']) ?? wordsOf(fields['title']) ?? wordsOf(fields['text'])
  const value = wordsOf(fields['value'])
  if (label === undefined && value === undefined) return []
  return [{ label: label ?? value ?? '', value: value ?? label ?? '' }]
}

const unknownOf = (fields: Fields, depth: number): Said[] => {
  for (const type of ['choice', 'bloc', 'image', 'audio', 'video', 'file', 'text', 'markdown']) {
    const hasList =
      type === 'bloc' ? Array.isArray(fields['items']) : type !== 'choice' || Array.isArray(fields['options'])
    const said = hasList ? readSaid(type, fields, depth + 1) : []
    if (said.length > 0) return said
  }
  const address = Object.entries(fields).find(([name, value]) => /url$/i.test(name) && isWebAddress(value))?.[1]
  if (address !== undefined) return mediaOf('file', { ...fields, fileUrl: address })
  const words = ['body', 'caption', 'message', 'content', 'description', 'emoji', 'name'].find((name) =>
    wordsOf(fields[name]),
  )
  return words === undefined ? [{ kind: 'unknown' }] : textOf('text', fields[words])
}

const isWebAddress = (value: unknown): boolean => typeof value === 'string' && /^https?:\/\//i.test(value)

type Fields = Record<string, unknown>

export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
/** Also reads a number that is written as text. */
const numberOf = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

/** Words that can be shown: a text, a number, or yes or no. */
const wordsOf = (value: unknown): string | undefined => {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}
