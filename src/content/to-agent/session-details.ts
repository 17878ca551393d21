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

/** The bot names a group that cannot be one. */
export class WrongGroupError extends Error {
  public override readonly name = 'WrongGroupError'

  public constructor() {
    super('groupId is no group id')
  }
}

/**
 * Reads `hitlSession` as the Studio leaves it. An empty field counts as absent. What is no text is written as text. The
 * rest is left out and named, because a wrong detail must not keep the end user from an agent.
 * @throws WrongGroupError: without its group, a session would go to the wrong agents
 */
export const readSessionDetails = (given: unknown): SessionDetails => {
  const unused: string[] = []
  const fields = objectOf(given) ?? {}
  if (isFilled(given) && !objectOf(given)) unused.push('hitlSession')
  const textField = (name: string): string | undefined => {
    const text = asText(fields[name])
    if (text === undefined && isFilled(fields[name])) unused.push(name)
    return text === '' ? undefined : text
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
    if (!knownFields.has(name) && isFilled(value)) unused.push(nameForLog(name))
  return { ...details, unused }
}

const knownFields = new Set(['groupId', 'language', 'phone', 'tags', 'customFields', 'customFieldsText'])

const readGroup = (given: unknown): number | undefined => {
  if (!isFilled(given)) return undefined
  const id = typeof given === 'string' && /^\s*\d{1,15}\s*$/.test(given) ? Number(given) : given
  if (typeof id === 'number' && Number.isSafeInteger(id) && id >= 0) return id
  throw new WrongGroupError()
}

/** A single text counts as a list of one, and commas separate several. */
const readTags = (given: unknown, unused: string[]): string[] => {
  if (!isFilled(given)) return []
  const single = asText(given)
  const list: unknown[] | undefined = Array.isArray(given) ? given : single?.split(',')
  if (!list) unused.push('tags')
  return (list ?? []).flatMap((each, index) => {
    const text = asText(each)
    if (text === undefined && isFilled(each)) unused.push(`tags[${index}]`)
    return text ? [text] : []
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
      const [, name = '', value = ''] = /^([^:]*):(.*)$/s.exec(line) ?? []
      if (name.trim() === '') unused.push(`${field}[${index}]`)
      return name.trim() === '' || value.trim() === '' ? [] : [[name.trim(), value.trim()]]
    }),
  )
}

/** A text counts as lines of names and values. */
const readCustomFields = (given: unknown, unused: string[]): Record<string, string> => {
  if (typeof given === 'string') return readFieldLines(given, 'customFields', unused)
  const fields = objectOf(given)
  if (!fields && isFilled(given)) unused.push('customFields')
  return Object.fromEntries(
    Object.entries(fields ?? {}).flatMap(([name, value]) => {
      const text = asText(value) ?? asJson(value)
      if (text === undefined && isFilled(value)) unused.push(`customFields.${nameForLog(name)}`)
      return text ? [[name, text]] : []
    }),
  )
}

/** Whether a field holds anything. The Studio leaves `null`, or an empty text, in a field that nobody has filled in. */
const isFilled = (value: unknown): boolean =>
  value !== undefined && value !== null && (typeof value !== 'string' || value.trim() !== '')

const objectOf = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined

/** A text, a number, `true` or `false` as trimmed text. `undefined` for anything else. */
const asText = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value.trim()
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined
  return typeof value === 'boolean' ? String(value) : undefined
}

/** A list of texts becomes one text. Anything deeper is written as JSON, which an agent can still read. */
const asJson = (value: unknown): string | undefined => {
  if (typeof value !== 'object' || value === null) return undefined
  if (!Array.isArray(value)) return Object.keys(value).length === 0 ? '' : JSON.stringify(value)
  const texts = value.filter(isFilled).map(asText)
  return texts.includes(undefined) ? JSON.stringify(value) : texts.join(', ')
}

/** A name that a bot builder chose may hold anything, such as words of an end user. The log shows only plain names. */
const nameForLog = (name: string): string => (/^[\w.-]{1,40}$/.test(name) ? name : '(unusual name)')
