import { cutAt } from '../../../shared/cut'
import { withFewMarks } from '../../characters'
import {
  apiPlaces,
  hookPath,
  jsonWebToken,
  keyHosts,
  keyNames,
  keySegments,
  oneFilePlaces,
  pageWords,
  sessionPath,
  vagueKeyNames,
  vagueKeySegments,
} from './key-tables'

/**
 * Whether an address opens more than one file. Does not look at addresses inside it, or at the shapes of keys.
 * @param address without percent signs that encode ASCII
 */
export const isKeyItself = (address: string): boolean => {
  const { host, rest, hasUser } = readAddress(address)
  const place = host + rest
  if (hasUser || userInside.test(address) || hookPath.test(rest) || sessionPath.test(rest)) return true
  if (keyHosts.some(([hosts, path]) => hosts.test(host) && path.test(rest))) return true
  const parameters = parametersOf(rest)
  if (signsManyFiles(parameters, rest)) return true
  const isForOneFile = oneFilePlaces.some((each) => each.test(place)) || expires(parameters)
  if (!isForOneFile && jsonWebToken.test(address)) return true
  const isApi = apiPlaces.test(place)
  const isKeyParameter = ([name, value]: Parameter): boolean =>
    value !== '' &&
    (keyNames.test(name) || (vagueKeyNames.test(name) && !isForOneFile) || (/^(key|code)$/.test(name) && isApi))
  return parameters.some(isKeyParameter) || hasKeyInPath(place, isForOneFile)
}

type Parameter = readonly [name: string, value: string]
/** `rest`: path, query and fragment. */
type Address = { host: string; rest: string; hasUser: boolean }

/** Also reads what a URL parser refuses: one slash or many, a wrong port, a password with any marks. */
const readAddress = (address: string): Address => {
  const [start = ''] = addressStart.exec(address) ?? []
  const after = address.slice(start.length).replaceAll('\\', '/')
  if (start === '' && after.startsWith('/')) return { host: '', rest: after, hasUser: false }
  const end = after.search(/[/?#]/)
  const [authority, rest] = end === -1 ? [after, ''] : [after.slice(0, end), after.slice(end)]
  const at = authority.lastIndexOf('@')
  const [user, place] = [authority.slice(0, Math.max(0, at)), authority.slice(at + 1)]
  const [, host = place, port = ''] = hostAndPort.exec(place) ?? []
  const colon = after.indexOf(':')
  // If the port is wrong, it may be part of a password with a slash in it.
  const isOdd = !hostAndPort.test(place) || Number(port) > 65_535 || digitsAsPassword.test(after)
  const hasUser =
    start === ''
      ? // Without a scheme, a name before an @ alone is an e-mail address.
        rest.length > 1 && userAndPassword.test(user)
      : user !== '' || (isOdd && colon !== -1 && after.lastIndexOf('@') > colon)
  return { host: plainHost(host), rest, hasUser }
}
const addressStart = /^(?:https?:[\\/]*|[a-z][a-z0-9+.-]{0,30}:[\\/]+|[\\/]{2,})/i
/** The name of a host has at most 253 characters. */
const plainHost = (host: string): string =>
  withFewMarks(cutAt(host, 300)).normalize('NFKC').toLowerCase().replace(/\.$/, '')
const hostAndPort = /^(\[[^\]]*\]|[^\s:"<>]*)(?::(\d{0,5}))?$/
/** A password that begins like a port. A name without a dot is a user, since no public host has such a name. */
const digitsAsPassword =
  /^(?:[^\s:/?#@.]{1,200}:\d{1,5}[/?#][^@]{0,200}|[^\s:/?#@]{1,200}:\d{1,5}[/?#][\d/?#]{0,200})@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+/i
const userAndPassword = /^(?!(?:mailto|sips?|xmpp|tel|sms|acct|im):)[^:]+:./i

/** A user and a password in the path or in a parameter, before a host. */
const userInside =
  /[/=&?](?!(?:mailto|sips?|xmpp|tel|sms|acct|im):)[^\s/:@?&=]{1,200}:[^\s/@?&=]{1,200}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+(?![\w@])/i

/** The parameters of path, query and fragment. Names in plain small letters. */
const parametersOf = (rest: string): Parameter[] =>
  rest.split(/[?&#;/]/).flatMap((pair) => {
    const at = pair.indexOf('=')
    return at === -1 ? [] : [[plainName(pair.slice(0, at)), pair.slice(at + 1)] as const]
  })

const plainName = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')

/** A path may name its key, too: `/api_key/…`. But `/password/reset` at the end of a path is a page. */
const hasKeyInPath = (place: string, isForOneFile: boolean): boolean => {
  const segments = (place.split(/[?#]/)[0] ?? '').split('/')
  return segments.some((segment, index) => {
    const [key, after] = [segments[index + 1], segments[index + 2]]
    if (!key) return false
    const name = plainName(segment)
    if (!vagueKeySegments.test(name)) return keySegments.test(name)
    return !isForOneFile && (Boolean(after) || !pageWords.test(plainName(key)))
  })
}

/** If the address says when it expires, its token is not an account's. */
const expires = (parameters: Parameter[]): boolean =>
  parameters.some(([name]) => /^(?:x[a-z]+)?(?:expires?|expiry|exp|expiration|expiresat)$/.test(name))

/**
 * Some signatures cover a whole folder or account: Azure's unless `sr` names a blob or file, Google's `URLPrefix`,
 * Bunny's `token_path`, and those of Amazon and Akamai with a star in what they allow.
 */
const signsManyFiles = (parameters: Parameter[], rest: string): boolean => {
  const names = new Map(parameters)
  const isAzure = names.has('sig') && names.has('sv')
  const policy = (names.get('policy') ?? '').replace(/[-_~]/g, (mark) => cloudFrontMarks[mark] ?? '')
  return (
    (isAzure && !/^[bf]/.test(names.get('sr') ?? '')) ||
    (names.has('urlprefix') && names.has('signature')) ||
    names.has('tokenpath') ||
    Buffer.from(policy, 'base64').includes('*') ||
    /acl=[^~&]{0,300}\*/i.test(rest)
  )
}
/** In addresses, Amazon writes Base64 with other marks. */
const cloudFrontMarks: Record<string, string> = { '-': '+', _: '=', '~': '/' }
