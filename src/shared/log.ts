import { cutAt } from './cut'

/**
 * The fields of a log line hold ids, codes and numbers. They never hold secrets, tokens, bodies or what end users and
 * agents wrote.
 */
export type LogFields = Record<string, string | number | boolean | undefined>

/**
 * An entry on the page "Issues" of the bot's dashboard. Entries with equal values in the fields `groupBy` are joined.
 */
export type Issue = {
  code: string
  category: 'configuration' | 'limits' | 'other'
  title: string
  description: string
  fields: LogFields
  groupBy: string[]
}

export type Log = {
  debug: (code: string, fields?: LogFields) => void
  info: (code: string, fields?: LogFields) => void
  warn: (code: string, fields?: LogFields) => void
  error: (code: string, fields?: LogFields) => void
  issue: (issue: Issue) => void
}

type PlatformIssue = Omit<Issue, 'fields'> & { type: 'issue'; data: Record<string, { raw: string }> }

type Sink = {
  debug: (line: string) => void
  info: (line: string) => void
  warn: (line: string) => void
  error: (line: string) => void
  issue: (issue: PlatformIssue) => void
}

const maxValueLength = 200

/**
 * A name that somebody else chose, as the log may show it. It may hold anything, such as words of an end user, so only a
 * short plain name is shown.
 */
export const nameForLog = (name: unknown, otherwise: string): string =>
  typeof name === 'string' && /^[\w.-]{1,40}$/.test(name) ? name : otherwise

/**
 * Writes one log line, which the bot's owner can read: a code, then the fields as JSON. Escapes everything that a
 * viewer could take for the end of a line, and cuts values after 200 characters. Costs nothing until something is
 * logged.
 */
export const createLog = (logger: { forBot: () => Sink }): Log => ({
  debug: (code, fields) => logger.forBot().debug(line(code, fields)),
  info: (code, fields) => logger.forBot().info(line(code, fields)),
  warn: (code, fields) => logger.forBot().warn(line(code, fields)),
  error: (code, fields) => logger.forBot().error(line(code, fields)),
  issue: ({ fields, ...rest }) => logger.forBot().issue({ type: 'issue', ...rest, data: dataOf(fields) }),
})

/** The fields of an issue, on one line each: Botpress writes an issue as JSON. */
const dataOf = (fields: LogFields): Record<string, { raw: string }> => {
  const data: Record<string, { raw: string }> = {}
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) data[name] = { raw: oneLine(cut(value)) }
  return data
}

const line = (code: string, fields: LogFields = {}): string => `${code} ${oneLine(JSON.stringify(fields, shorten))}`

const shorten = (_key: string, value: unknown): unknown => (typeof value === 'string' ? cut(value) : value)

const cut = (value: string | number | boolean): string => {
  const text = String(value)
  return text.length > maxValueLength ? `${cutAt(text, maxValueLength)}…` : text
}

// JSON escapes only the control characters below U+0020.
const unescapedControls = /[\p{Cc}\p{Zl}\p{Zp}]/gu
const escapeControl = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
const oneLine = (text: string): string => text.replace(unescapedControls, escapeControl)
