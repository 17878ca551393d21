import type { LedgerView } from '../../control/views'

/** Headers that curl sets itself, or that belong to one connection. */
const OWN_HEADERS = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'accept-encoding'])

/** A command that makes the same request. Secrets stand as masks in it. */
export const toCurl = ({ method = 'POST', url = '', requestHeaders = {}, request }: Exchange): string =>
  [
    `curl -X ${method} ${quoted(url)}`,
    ...Object.entries(requestHeaders)
      .filter(([name]) => !OWN_HEADERS.has(name.toLowerCase()))
      .map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(request === undefined ? [] : [`--data-raw ${quoted(request)}`]),
  ].join(' \\\n  ')

type Exchange = NonNullable<LedgerView['exchange']>

/** As one word of a shell, whatever is in it. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
