import type { Message, Payload } from './objects'

export type ChatLine = {
  /** `me`, `bot`, the agent's name (webchat only), or the name of another end user. */
  from: string
  type: string
  text?: string
  url?: string
  title?: string
  payload: Payload
  atMs: number
}

const URL_FIELDS = ['imageUrl', 'audioUrl', 'videoUrl', 'fileUrl']

export const toChatLine = ({ type, payload, createdAtMs }: Message, from: string): ChatLine => {
  const first = (fields: string[]): string | undefined =>
    fields.map((field) => payload[field]).find((value): value is string => typeof value === 'string')
  const text = first(['text', 'markdown'])
  const url = first(URL_FIELDS)
  const title = first(['title'])
  return {
    from,
    type,
    ...(text === undefined ? {} : { text }),
    ...(url === undefined ? {} : { url }),
    ...(title === undefined ? {} : { title }),
    payload,
    atMs: createdAtMs,
  }
}
