import { agentTexts } from './agent-texts'

/**
 * The address as an agent may see it, or why it is not shown. A key opens more than one file: it must not be shown. A
 * link that is signed for one file is shown whole, because it does not work without its query. The rule is for
 * addresses that a channel, flow or bot fills in; what people type is not checked.
 */
export const shownAddress = (address: string): { address: string } | { reason: string } => {
  if (isDataAddress(address)) return { reason: agentTexts.notLinked.data }
  return isKey(address) ? { reason: agentTexts.notLinked.key } : { address }
}

export const isDataAddress = (address: string): boolean => /^\s*data:/i.test(address)

/** Replaces the keys in a text that a flow or bot has filled in, and the content of files that nobody can read. */
export const withoutKeys = (text: string): string =>
  text
    .replace(addressesInText, (found) => {
      const address = withoutClosingMarks(found)
      return isKey(address) ? agentTexts.keyLeftOut + found.slice(address.length) : found
    })
    .replace(dataInText, agentTexts.dataLeftOut)

const dataInText = /\bdata:[a-z]+\/[\w.+-]+;[\w;=.-]*,[\w+/=%-]{100,}/gi

const addressesInText = /\b(?:(?:https?|ftps?|wss?):\/\/|api\.telegram\.org\/)[^\s<>"]+/gi

/** A bracket or full stop after an address belongs to the text. */
const withoutClosingMarks = (found: string): string => {
  let end = found.length
  while (end > 0 && ")].,;:!?'`*_".includes(found.charAt(end - 1))) end -= 1
  return found.slice(0, end)
}

/** Whether an address opens more than one file: it holds an account's password, token or key. */
export const isKey = (address: string, depth = 0): boolean => {
  const { origin, host, rest, hasUser } = readAddress(address)
  if (hasUser || keyHosts.some(([hosts, path]) => hosts.test(host) && path.test(rest))) return true
  const plain = decoded(rest)
  if (keyShapes.test(plain)) return true
  const parameters = parametersOf(rest)
  if (signsManyFiles(parameters)) return true
  const isForOneFile = oneFilePlaces.some((place) => place.test(host + rest)) || expires(parameters)
  if (!isForOneFile && jsonWebToken.test(plain)) return true
  const isApi = apiPlaces.test(host + rest)
  const isKeyParameter = ([name, value]: Parameter): boolean =>
    value !== '' &&
    (keyNames.test(name) || (vagueKeyNames.test(name) && !isForOneFile) || (/^(key|code)$/.test(name) && isApi))
  if (parameters.some(isKeyParameter) || hasKeyInPath(rest)) return true
  // An address may hold another one, for example behind a proxy for pictures.
  const inner = /https?:\/\/.+/is.exec(origin === '' ? plain.slice(1) : plain)?.[0]
  return inner !== undefined && depth < maxDepth && isKey(inner, depth + 1)
}
const maxDepth = 3

type Parameter = readonly [name: string, value: string]
/** `rest`: path, query and fragment. */
type Address = { origin: string; host: string; rest: string; hasUser: boolean }

const readAddress = (address: string): Address => {
  const absolute = address.trim().replace(/^[\\/]{2}/, 'https://')
  const candidate = [absolute, `https://${absolute}`].find((each) => each.includes('://') && URL.canParse(each))
  if (candidate === undefined) return { origin: '', host: '', rest: absolute, hasUser: /\/\/[^/?#]*@/.test(absolute) }
  const { origin, hostname, pathname, search, hash, username, password } = new URL(candidate)
  return { origin, host: hostname, rest: pathname + search + hash, hasUser: username !== '' || password !== '' }
}

/** Twice, because an address within an address is encoded twice. Only ASCII counts here, so nothing can be malformed. */
const decoded = (text: string): string => decodeAscii(decodeAscii(text))
const decodeAscii = (text: string): string =>
  text.replace(/%([0-7][0-9a-f])/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))

/** The parameters of query and fragment, and those of the path behind a semicolon. Names in plain letters. */
const parametersOf = (rest: string): Parameter[] =>
  rest.split(/[?&#;]/).flatMap((pair) => {
    const at = pair.indexOf('=')
    return at === -1 ? [] : [[plainName(pair.slice(0, at)), decodeAscii(pair.slice(at + 1))] as const]
  })

const plainName = (name: string): string =>
  decodeAscii(name)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')

/** Parameters that hold an account's key, whoever serves the file: `access_token`, `X-Api-Key`, `client_secret`. */
const keyNames =
  /(?:access|api|app|auth|oauth|bot|user|session|refresh|id|bearer|private|secret|client|account|subscription|service|admin|license)(?:token|key|secret|password)$|^(?:auth|authorization|bearer|secret|password|passwd|pwd|pass|sessionid|jsessionid|phpsessid)$/

/** Parameters that may as well hold the signature of one file. */
const vagueKeyNames = /^(?:token|jwt|tempauth|session)$/

/** A path may name its key as well: `/api_key/…`. */
const hasKeyInPath = (rest: string): boolean => {
  const segments = (rest.split(/[?#]/)[0] ?? '').split('/')
  return segments.some(
    (segment, index) => /(?:access|api|auth|bot)(?:token|key)$/.test(plainName(segment)) && segments[index + 1],
  )
}

/** Places whose addresses are keys by themselves. */
const keyHosts: readonly (readonly [RegExp, RegExp])[] = [
  [/^api\.telegram\.org$/, /\/bot/i],
  [/^hooks\.slack(?:-gov)?\.com$/, /./],
  [/^(?:[a-z]+\.)?discord(?:app)?\.com$/, /^\/api\/(?:v\d+\/)?webhooks\//],
  [/\.webhook\.office\.com$/, /./],
]

/** Places that make a token for each file. Matched against host and path. */
const oneFilePlaces: readonly RegExp[] = [
  /\/storage\/v1\/(?:object|render\/image)\/sign\//,
  /^firebasestorage\.googleapis\.com\/v0\/b\/[^/]+\/o\//,
  /^(?:raw|private-user-images)\.githubusercontent\.com\//,
  /^[a-z0-9-]+\.sharepoint\.com\//,
  /^[a-z0-9.-]+\.(?:zendesk|zdusercontent)\.com\/attachments\//,
]

/** Here even a parameter `key` or `code` is an account's. */
const apiPlaces = /^(?:[a-z0-9-]+\.)*(?:api|maps)\.|^[a-z0-9-]+\.azurewebsites\.net\/|^[^?#]*\/api\//

/** An account's token does not come with the time of its end in the address. */
const expires = (parameters: Parameter[]): boolean =>
  parameters.some(([name]) => /^(?:x[a-z]+)?(?:expires?|expiry|exp|expiration|expiresat)$/.test(name))

/** Some signatures cover a whole folder or account: Azure's unless `sr` names a blob or file, Google's `URLPrefix`. */
const signsManyFiles = (parameters: Parameter[]): boolean => {
  const names = new Map(parameters)
  const scope = names.get('sr')
  const isAzure = names.has('sig') && names.has('sv')
  return (isAzure && !/^[bf]/.test(scope ?? '')) || (names.has('urlprefix') && names.has('signature'))
}

/** What keys of well-known services look like. Each needs a mark before it, so that a search is linear. */
const keyShapes = new RegExp(
  [
    String.raw`\/bot\d+:[\w-]`, // Telegram
    String.raw`(?<![a-zA-Z0-9])(?:${[
      'xox[a-z](?:\\.xox[a-z])?-[\\w-]{8}', // Slack
      'xapp-\\d-\\w{6}',
      'gh[opsur]_\\w{20}',
      'github_pat_\\w{20}',
      'glpat-[\\w-]{16}',
      '[sr]k_(?:live|test)_\\w{10}', // Stripe
      'sk-(?:proj-|ant-)?\\w{20}',
      'shp(?:at|ca|pa|ss)_\\w{16}', // Shopify
      'SG\\.[\\w-]{16}[\\w-]*\\.[\\w-]{16}', // SendGrid
      'ya29\\.[\\w-]{16}', // Google
      'AIza[\\w-]{20}',
      'EAA[A-Za-z0-9]{24}', // Meta
      'pat-[a-z]{2}\\d-[0-9a-f]{8}-', // HubSpot
      '00D\\w{12,15}!', // Salesforce
      '[Bb]earer[ +][\\w.~-]{8}',
    ].join('|')})`,
  ].join('|'),
)

const jsonWebToken = /(?<![\w-])eyJ[\w-]+\.[\w-]+\.[\w-]/
