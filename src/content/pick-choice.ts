import type { LiveChatEvent } from '../livechat/schema'
import { choicesOf, type Choice } from './rich-message'

/** `isOpen`: the choices still wait for an answer, which this is not. */
export type Pick = { picked: true; choice: Choice } | { picked: false; isOpen: boolean }

/**
 * Whether what the end user wrote picks one of the choices shown by an event. They are open until one was pressed or the
 * talk has moved on: the agent spoke again after the end user did. A number counts only while the choices are the last
 * thing that the agent said, since "2" may answer another question. What fits two choices picks none.
 * @param events of the thread, oldest first, as its customer reads them
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
  const choice = onlyOne(choices.filter((each) => fits(each, answer, isLastWord)))
  return choice ? { picked: true, choice } : { picked: false, isOpen: true }
}

const spokenTypes = ['message', 'file', 'rich_message', 'form']
const isSpoken = ({ type, author_id }: LiveChatEvent): boolean => author_id !== undefined && spokenTypes.includes(type)

const onlyOne = (choices: Choice[]): Choice | undefined => {
  const [first] = choices
  return choices.every(({ postbackId }) => postbackId === first?.postbackId) ? first : undefined
}

/** The label, the number, or the whole line as it was shown ("2. Blue"). */
const fits = ({ label, number }: Choice, answer: string, mayBeNumber: boolean): boolean => {
  const given = plain(answer)
  if (given === '') return false
  if (given === plain(label)) return true
  const [, digits, rest] = /^#?(\d{1,3})(?:[.):](.*)|$)/su.exec(given) ?? []
  if (digits === undefined || Number(digits) !== number) return false
  const words = rest?.trim() ?? ''
  return words === '' ? mayBeNumber : words === plain(label)
}

/** Letter case, spaces, width and the script of digits do not tell answers apart. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\p{Cf}\u20E3\uFE0F]/gu, '')
    .replace(/\p{Nd}/gu, asciiDigit)
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()

/** Unicode keeps the ten digits of each script together, zero first. */
const asciiDigit = (digit: string): string => {
  const code = digit.codePointAt(0) ?? 0
  let value = 0
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1
  return String(value)
}
