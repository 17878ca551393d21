import type { LiveChatEvent } from '../../livechat/schema'

type Field = NonNullable<LiveChatEvent['fields']>[number]

/**
 * Turns an empty form, such as one that asks for an e-mail address, into its questions, in the form's own words. A star
 * marks a required answer. Returns `undefined` if the form contains no question. The end user answers with a text
 * message.
 */
export const formQuestion = (fields: Field[]): string | undefined => {
  const questions = fields.map(question).filter((text) => text !== '')
  return questions.length > 0 ? questions.join('\n') : undefined
}

const question = ({ label, type, required, options = [] }: Field): string => {
  const asked = label?.trim() || (type === 'email' ? 'E-mail' : '')
  const choices = options.flatMap((option) => (option.label?.trim() ? [`  • ${option.label.trim()}`] : []))
  const isEmpty = asked === '' && choices.length === 0
  return isEmpty ? '' : [`${asked}${required === true ? ' *' : ''}`.trim(), ...choices].join('\n')
}
