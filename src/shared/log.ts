/**
 * The fields of a log line hold ids, codes and numbers. They never hold secrets, tokens, bodies or what end users and
 * agents wrote.
 */
export type LogFields = Record<string, string | number | boolean | undefined>

export type Log = {
  debug: (code: string, fields?: LogFields) => void
  info: (code: string, fields?: LogFields) => void
  warn: (code: string, fields?: LogFields) => void
  error: (code: string, fields?: LogFields) => void
}

type Sink = {
  debug: (line: string) => void
  info: (line: string) => void
  warn: (line: string) => void
  error: (line: string) => void
}

const maxValueLength = 200

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
})

const line = (code: string, fields: LogFields = {}): string =>
  `${code} ${JSON.stringify(fields, shorten).replace(unescapedControls, escapeControl)}`

const shorten = (_key: string, value: unknown): unknown =>
  typeof value === 'string' && value.length > maxValueLength ? `${value.slice(0, maxValueLength)}…` : value

// JSON escapes only the control characters below U+0020.
const unescapedControls = /[\p{Cc}\p{Zl}\p{Zp}]/gu
const escapeControl = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
