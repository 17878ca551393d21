/** Decodes the percent signs in a text. If it cannot be decoded, it stays as it is. */
export const percentDecoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // a stray percent sign: the text is readable without decoding
  }
}
