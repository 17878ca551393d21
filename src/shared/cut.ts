/** The first `max` UTF-16 code units of a text, without half a surrogate pair at the end. */
export const cutAt = (text: string, max: number): string =>
  text.length <= max ? text : text.slice(0, isFirstHalf(text.charCodeAt(max - 1)) ? max - 1 : max)

const isFirstHalf = (codeUnit: number): boolean => codeUnit >= 0xd800 && codeUnit <= 0xdbff
