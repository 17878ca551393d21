/**
 * The code of a language, from what a bot or LiveChat calls it: a code such as `en-US`, `pt_BR`, `ger` or
 * `de,en;q=0.8`, or a name such as `Deutsch`, `german` or `Brazilian Portuguese`. `undefined` if we do not know it.
 */
export const languageCode = (text: string | undefined): string | undefined => {
  const words = plainWords((text ?? '').slice(0, 100))
  const [first = ''] = words
  if (first.length === 2) return first
  if (codesOfThree.has(first)) return codesOfThree.get(first)
  for (const word of words) if (names.has(word)) return names.get(word)
  return undefined
}

/** In small letters, without accents. */
const plainWords = (text: string): string[] =>
  text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '')

const codesOfThree = new Map(
  Object.entries({
    eng: 'en',
    spa: 'es',
    fra: 'fr',
    fre: 'fr',
    deu: 'de',
    ger: 'de',
    por: 'pt',
    ita: 'it',
    pol: 'pl',
    nld: 'nl',
    dut: 'nl',
  }),
)

/** The names of each language, in itself and in other languages. */
const namesByCode = {
  en: 'english englisch anglais ingles inglese angielski engels',
  es: 'spanish espanol castellano castilian spanisch espagnol espanhol spagnolo hiszpanski spaans',
  fr: 'french francais franzosisch frances francese francuski frans',
  de: 'german deutsch allemand aleman alemao tedesco niemiecki duits',
  pt: 'portuguese portugues portugiesisch portugais portoghese portugalski portugees brazilian brasileiro',
  it: 'italian italiano italienisch italien wloski italiaans',
  pl: 'polish polski polnisch polonais polaco polacco pools',
  nl: 'dutch nederlands niederlandisch neerlandais holandes olandese',
}
const names = new Map(
  Object.entries(namesByCode).flatMap(([code, all]) => all.split(' ').map((name) => [name, code] as const)),
)

/** Whether two names mean the same language. */
export const isSameLanguage = (one: string | undefined, other: string | undefined): boolean => {
  const [a, b] = [languageCode(one), languageCode(other)]
  return a !== undefined && a === b
}
