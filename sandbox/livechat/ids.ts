const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const HEX = '0123456789abcdef'
const BASE62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

export type Ids = {
  /** The form that chats and threads use: `PJ0MRSHTDG`. */
  chat(): string
  uuid(): string
  hex(length: number): string
  secret(length: number): string
}

/** Makes ids and tokens in the forms of LiveChat's samples. They come from the seeded source, so that runs repeat. */
export const createIds = (random: () => number): Ids => {
  const text = (alphabet: string, length: number): string =>
    Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('')
  return {
    chat: () => text(UPPER, 10),
    hex: (length) => text(HEX, length),
    secret: (length) => text(BASE62, length),
    uuid: () => `${text(HEX, 8)}-${text(HEX, 4)}-4${text(HEX, 3)}-a${text(HEX, 3)}-${text(HEX, 12)}`,
  }
}
