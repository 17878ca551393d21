import type { LiveChatEvent } from '../livechat/schema'
import { cutAt } from '../shared/cut'
import { withFewMarks } from './characters'
import { choicesOf, type Choice } from './choices'

/** `isOpen`: this answer picks no choice, but a later one still can. */
export type Pick = { picked: true; choice: Choice } | { picked: false; isOpen: boolean }

/**
 * Finds the choice that the end user's answer picks. The choices of an event stay open until the end user presses one,
 * or until an agent writes again after the end user has replied. A number counts only while no agent has written
 * anything after the choices, because "2" may answer a later question. An answer that fits two choices picks none.
 * @param events the thread's events, oldest first, as its customer reads them
 */
export const pickChoice = (
  events: LiveChatEvent[],
  openEventId: string,
  livechatCustomerId: string,
  answer: string,
): Pick => {
  const at = events.findIndex(({ id }) => id === openEventId)
  const shown = events[at]
  const choices = shown ? choicesOf(shown) : []
  const speakers = events.slice(at + 1).flatMap((event) => (isSpoken(event) ? [event.author_id] : []))
  const firstOwn = speakers.indexOf(livechatCustomerId)
  const hasMovedOn = firstOwn !== -1 && speakers.slice(firstOwn).some((id) => id !== livechatCustomerId)
  const wasPressed = choices.some(({ userIds }) => userIds.includes(livechatCustomerId))
  if (choices.length === 0 || hasMovedOn || wasPressed) return { picked: false, isOpen: false }

  const isLastWord = speakers.every((id) => id === livechatCustomerId)
  const given = answer.length > maxAnswer ? '' : plain(answer)
  const choice = onlyOne(choices.filter((each) => fits(each, given, isLastWord)))
  return choice ? { picked: true, choice } : { picked: false, isOpen: true }
}

const spokenTypes = ['message', 'file', 'rich_message', 'form']
const isSpoken = ({ type, author_id }: LiveChatEvent): boolean => author_id !== undefined && spokenTypes.includes(type)

const onlyOne = (choices: Choice[]): Choice | undefined => {
  const [first] = choices
  return choices.every(({ postbackId }) => postbackId === first?.postbackId) ? first : undefined
}

/** No label is longer. */
const maxAnswer = 1_000

/** Whether the answer is the label, the number, or the whole line as shown ("2. Blue"). */
const fits = ({ label, number }: Choice, given: string, mayBeNumber: boolean): boolean => {
  if (given === '') return false
  if (given === plain(label)) return true
  const [, digits, rest] = /^#?(\d{1,3})(?:[.):](.*)|$)/su.exec(given) ?? []
  if (digits === undefined || Number(digits) !== number) return false
  const words = rest?.trim() ?? ''
  return words === '' ? mayBeNumber : words === plain(label)
}

/** Removes differences that do not matter in an answer: letter case, spaces, character width, the script of digits. */
const plain = (text: string): string =>
  withFewMarks(cutAt(text, maxAnswer))
    .normalize('NFKC')
    .replace(/[\p{Cf}\u20E3\uFE0F]/gu, '')
    .replace(/\p{Nd}/gu, asciiDigit)
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()

/**
 * Counts how far the digit is from the zero of its script. In Unicode, the ten digits of a script follow one another,
 * from zero to nine.
 */
const asciiDigit = (digit: string): string => {
  const code = digit.codePointAt(0) ?? 0
  let value = 0
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1
  return String(value)
}
