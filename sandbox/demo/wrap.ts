/** Breaks a text into lines: at spaces, and a longer word, such as an address, where the line ends. */
export const wrap = (text: string, width: number): string[] => {
  const piece = new RegExp(`\\S.{0,${width - 1}}(?=\\s|$)|\\S{1,${width}}`, 'gu')
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [''] : (line.match(piece) ?? [])))
}
