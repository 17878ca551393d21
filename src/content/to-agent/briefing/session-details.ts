import { fieldsOf, hasFields } from '../../../shared/fields'
import { nameForLog } from '../../../shared/log'
import { asJson, asText, fromJson, saysNothing } from './odd-values'

/** What a bot says about a session when it starts one. */
export type SessionDetails = {
  groupId: number | undefined
  language: string | undefined
  phone: string | undefined
  tags: string[]
  customFields: Record<string, string>
  /** Names of fields that hold something that cannot be used. Never values. */
  unused: string[]
}

/** The bot passes a group id that cannot be one. `found`: the number, or only the kind of value, never a text. */
export class WrongGroupError extends Error {
  public override readonly name = 'WrongGroupError'

  public constructor(public readonly found: string) {
    super(`groupId is no group id, but ${found}`)
  }

  /** Continues a sentence that names the field. */
  public get advice(): string {
    return `holds ${this.found}. It must be the id of a LiveChat group, a whole number from 0 up, or empty. Correct it in the bot.`
  }
}

/**
 * Reads `hitlSession` as the Studio leaves it. An empty field counts as absent. Other values become text if possible.
 * The rest is left out and named, because a wrong detail must not keep the end user from an agent.
 * @throws WrongGroupError: without its group, a session would go to the wrong agents
 */
export const readSessionDetails = (given: unknown): SessionDetails => {
  const unused: string[] = []
  const fields = fieldsOf(given)
  if (isFilled(given) && !hasFields(given)) unused.push('hitlSession')
  const textField = (name: string): string | undefined => {
    const text = asText(fields[name])
    if (text === undefined && isFilled(fields[name])) unused.push(name)
    return text === undefined || saysNothing(text) ? undefined : text
  }
  const details = {
    groupId: readGroup(fields['groupId']),
    language: textField('language'),
    phone: textField('phone'),
    tags: readTags(fields['tags'], unused),
    customFields: {
      ...readFieldLines(fields['customFieldsText'], 'customFieldsText', unused),
      ...readCustomFields(fields['customFields'], unused),
    },
  }
  for (const [name, value] of Object.entries(fields))
    if (!knownFields.has(name) && isFilled(value)) unused.push(nameForLog(name, unusualName))
  return { ...details, unused }
}

/** Names of the inputs of a start that hold another kind of value than they should. */
export const oddInputs = (input: unknown): string[] => {
  const { title, description, messageHistory } = fieldsOf(input)
  const isOdd = (value: unknown): boolean => isFilled(value) && asText(value) === undefined
  return [
    ...(isOdd(title) ? ['title'] : []),
    ...(isOdd(description) ? ['description'] : []),
    ...(isFilled(messageHistory) && !Array.isArray(messageHistory) ? ['messageHistory'] : []),
  ]
}

const knownFields = new Set(['groupId', 'language', 'phone', 'tags', 'customFields', 'customFieldsText'])
const unusualName = '(unusual name)'

/**
 * A whole number from 0 up, also as text ("3", "3.0") or as the only value of a list. An empty value, `false` and
 * "null" mean no group.
 * @throws WrongGroupError for anything else
 */
export const readGroup = (given: unknown): number | undefined => {
  const value: unknown = Array.isArray(given) && given.length === 1 ? given[0] : given
  if (!isFilled(value) || value === false) return undefined
  const text = typeof value === 'string' ? value.normalize('NFKC').trim() : undefined
  if (text !== undefined && /^(?:null|undefined|none|nan)$/i.test(text)) return undefined
  const id = text !== undefined && /^\d{1,15}(?:\.0{1,15})?$/.test(text) ? Number(text) : value
  if (typeof id === 'number' && Number.isSafeInteger(id) && id >= 0) return id
  if (typeof id === 'number' && Number.isNaN(id)) return undefined
  throw new WrongGroupError(kindOf(value))
}

const kindOf = (value: unknown): string => {
  if (typeof value === 'number') return `the number ${value}`
  if (typeof value === 'string') return 'a text that is no such number'
  if (typeof value === 'boolean') return `"${value}"`
  return Array.isArray(value) ? 'a list' : 'a map of values'
}

/** A single text counts as a list of one, and commas separate several. It may also be a list as JSON. */
const readTags = (written: unknown, unused: string[]): string[] => {
  if (!isFilled(written)) return []
  const given = fromJson(written)
  const single = asText(given)
  const list: unknown[] | undefined = Array.isArray(given) ? given : single?.split(',')
  if (!list) unused.push('tags')
  return (list ?? []).flatMap((each, index) => {
    const text = asText(each)
    if (text === undefined && isFilled(each)) unused.push(`tags[${index}]`)
    return text === undefined || saysNothing(text) ? [] : [text]
  })
}

/** Each line is a name, a colon and a value. A line without them is left out, and named by its number. */
const readFieldLines = (given: unknown, field: string, unused: string[]): Record<string, string> => {
  if (!isFilled(given)) return {}
  if (typeof given !== 'string') {
    unused.push(field)
    return {}
  }
  return Object.fromEntries(
    given.split(/\r\n|\r|\n/).flatMap((line, index) => {
      if (line.trim() === '') return []
      const [, name = '', value = ''] = /^([^:\uFF1A]*)[:\uFF1A](.*)$/s.exec(line) ?? []
      if (name.trim() === '') unused.push(`${field}[${index}]`)
      return name.trim() === '' || saysNothing(value) ? [] : [[name.trim(), value.trim()]]
    }),
  )
}

/** A text counts as lines of names and values, unless it is a map as JSON. */
const readCustomFields = (written: unknown, unused: string[]): Record<string, string> => {
  const given = fromJson(written)
  if (typeof given === 'string') return readFieldLines(given, 'customFields', unused)
  const fields = fieldsOf(given)
  if (!hasFields(given) && isFilled(given)) unused.push('customFields')
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      const text = asText(value) ?? asJson(value)
      if (text === undefined && isFilled(value)) unused.push(`customFields.${nameForLog(name, unusualName)}`)
      return text === undefined || saysNothing(text) ? [] : [[name, text]]
    }),
  )
}

/** Whether a field holds anything. The Studio leaves `null`, or something empty, in a field that nobody fills in. */
const isFilled = (value: unknown): boolean => {
  if (typeof value === 'string') return !saysNothing(value)
  if (typeof value === 'object') return value !== null && Object.keys(value).length > 0
  return value !== undefined
}
