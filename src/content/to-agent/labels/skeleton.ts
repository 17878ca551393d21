import { withFewMarks, withoutInvisibles } from '../../characters'

/** Two names that an agent could not tell apart have the same skeleton. */
export const skeleton = (name: string): string =>
  withoutInvisibles(withFewMarks(name).normalize('NFKD'))
    .toLowerCase()
    .replace(/./gsu, (character) => lookalikes.get(character) ?? letterInSign(character) ?? character)
    .replace(/[^\p{L}\p{N}]/gu, '')

/** Letters of other alphabets, digits and signs that look like the letters of the roles. */
const lookalikes = new Map<string, string>()
for (const [letter, others] of Object.entries({
  a: 'аαɑᴀꓮⲁ@4',
  b: 'вβьƅʙꓐᏼᗷⲃ8',
  c: 'сϲᴄꓚⲥ',
  e: 'еεёєᴇꓰⲉ3',
  g: 'ɡɢ9',
  i: 'іιɩɪ1l|!',
  m: 'мμᴍꓟⲙ',
  n: 'нηոпɴꓠⲛ',
  o: 'оοօσᴏꓳⲟᲿჿ0',
  p: 'рρᴘꓑⲣ',
  r: 'гʀ',
  s: 'ѕꜱꓢ5$',
  t: 'тτᴛꓔⲧ7',
  u: 'уυγᴜ',
}))
  for (const other of others) lookalikes.set(other, letter)

/** Unicode has no plain form for letters in a square or circle, and for the letters that make flags. */
const letterInSign = (character: string): string | undefined => {
  const code = character.codePointAt(0) ?? 0
  const start = signedAlphabets.find((first) => code >= first && code < first + 26)
  return start === undefined ? undefined : String.fromCharCode(97 + code - start)
}
const signedAlphabets = [0x1f130, 0x1f150, 0x1f170, 0x1f1e6]

/** Whether a word of a name mixes Latin letters with those of an alphabet that look like them. */
export const mixesAlphabets = (name: string): boolean =>
  name.split(/[^\p{L}\p{M}\p{N}]+/u).some((word) => latin.test(word) && other.test(word))
const latin = /\p{Script=Latin}/u
/** In China, Japan and Korea, names may mix Latin letters with their own, which look different. */
const other =
  /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u
