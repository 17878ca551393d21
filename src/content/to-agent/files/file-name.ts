import { isMessage, isProgram, pageKind, recognise, type Recognised } from './file-bytes'
import { isKey, withoutKeys } from '../addresses/safe-address'
import { cutAt } from '../../../shared/cut'
import { isDataAddress } from '../../../shared/downloads/data-address'
import { percentDecoded } from '../../../shared/percent'
import { endingOfType, normalType, says, typeOfName } from '../../file-types'
import { isExecutable } from './executables'

/** In UTF-16 code units. LiveChat documents no limit. */
const maxNameLength = 120

type MediaType = 'image' | 'audio' | 'video' | 'file'

/** What is known of a file before it is fetched. `fileName`: its own name, which some channels pass. */
export type FileClaims = {
  mediaType: MediaType
  url: string
  title: string | undefined
  fileName: string | undefined
}
/** What came from its address. `fileName`: the name in `Content-Disposition`. */
export type FileContent = { bytes: Buffer; contentType: string; fileName: string | undefined }

/** A file as we upload it, or why we do not. `page`: the file's address gives a web page or a message. */
export type JudgedFile = { name: string; contentType: string } | { problem: 'executable' | 'page' | 'empty' }

/** Decides what a file is. Its bytes exclude types. Its names and its declared type decide among the others. */
export const judgeFile = (given: FileClaims, content: FileContent): JudgedFile => {
  const claims = withName(given)
  const recognised = recognise(content.bytes)
  const contentType = typeOf(claims, content, recognised)
  const name = nameOf(claims, content, contentType, recognised)
  const isOther = recognised !== undefined && recognised.container === undefined
  const declared = isOther ? '' : content.contentType
  if (isProgram(content.bytes) || isExecutable([...namesOf(claims, content), name], declared))
    return { problem: 'executable' }
  if (claims.mediaType !== 'file' && content.bytes.length === 0) return { problem: 'empty' }
  return isPage(claims, content, recognised) ? { problem: 'page' } : { name, contentType }
}

/** Whether the names alone mark a file as executable, so that it need not be fetched. */
export const isNamedExecutable = (claims: FileClaims): boolean => isExecutable(namesOf(withName(claims)), '')

/** Whether the agent cannot read the whole title in the file's name. */
export const isTitleHidden = ({ title, fileName }: FileClaims): boolean => {
  const wanted = title?.trim() ?? ''
  return wanted !== '' && (wanted.length > maxNameLength || (fileName !== undefined && !fileName.startsWith(wanted)))
}

/** `inAddress`: the file's name in its address, or an empty string. */
type NamedClaims = FileClaims & { inAddress: string }

const withName = (claims: FileClaims): NamedClaims => ({ ...claims, inAddress: nameInAddress(claims.url) })

/**
 * The names, the most reliable one first. A server's name without an ending, such as "download", says less than a
 * file's name in the address.
 */
const namesOf = ({ fileName, title, inAddress }: NamedClaims, content?: FileContent): string[] => {
  const served = content?.fileName
  const last =
    served?.includes('.') === false && typeOfName(inAddress) !== '' ? [inAddress, served] : [served, inAddress]
  return [fileName, title, ...last].map((name) => withoutMiddle(name?.trim() ?? '')).filter(isName)
}

/** Nobody sees more of a very long name than this. Its ending stays. */
const withoutMiddle = (name: string): string => (name.length > 1_000 ? cutAt(name, 800) + name.slice(-100) : name)

/** A name without a letter or digit, such as "..", does not count. A name that holds a key must not be shown. */
const isName = (name: string): boolean => /[\p{L}\p{N}\p{S}]/u.test(lastSegment(name)) && withoutKeys(name) === name

const lastSegment = (name: string): string => name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)

/** If the address is a key, its last part counts only if it is a file's name, and the rest is a key without it. */
const nameInAddress = (url: string): string => {
  if (isDataAddress(url) || !URL.canParse(url)) return ''
  const { pathname, search, hash, origin } = new URL(url)
  const at = pathname.lastIndexOf('/') + 1
  const name = percentDecoded(pathname.slice(at))
  const isSecret = isKey(url) && (typeOfName(name) === '' || !isKey(origin + pathname.slice(0, at) + search + hash))
  return isSecret ? '' : name
}

/**
 * If the bytes show one certain type, it counts. If they show a container or nothing, the first of these that names a
 * type and fits decides: the file's own name, the server's name for it, the title of a document, the declared type, any
 * other title, the address. The title of a picture is a caption, in which a dot seldom begins an ending.
 */
const typeOf = (claims: NamedClaims, content: FileContent, recognised: Recognised | undefined): string => {
  const { container, type } = recognised ?? {}
  if (type !== undefined && container === undefined) return type
  const title = typeOfName(claims.title ?? '')
  const claimed = [claims.fileName, content.fileName].map((name) => typeOfName(name ?? ''))
  const declared = normalType(content.contentType)
  const titleFirst = claims.mediaType === 'file' ? [title, declared] : [declared, title]
  const all = [...claimed, ...titleFirst, typeOfName(claims.inAddress), type ?? ''].filter(
    (each) => !says.nothing.test(each) && (container === undefined || fits(container, each)),
  )
  const chosen = all.find((each) => !says.little.test(each)) ?? all[0]
  if (chosen === undefined) return type ?? 'application/octet-stream'
  const isSound = declared.startsWith('audio/') || claims.mediaType === 'audio'
  return isSound ? chosen.replace(/^video\/(?=(?:webm|mp4|ogg|3gpp)$)/, 'audio/') : chosen
}

type Container = NonNullable<Recognised['container']>
const isMedia = /^(?:audio|video)\//
const fitting: Record<Container, RegExp> = {
  zip: /^(?:application|model)\/(?!pdf$|rtf$|msword$|vnd\.ms-(?:excel|powerpoint|word)$)/,
  ole: /^application\/(?!pdf$|zip$|rtf$)/,
  ogg: /^(?:audio|video)\/|^application\/ogg$/,
  mp4: isMedia,
  ebml: isMedia,
  asf: isMedia,
  gzip: /^(?:application|image\/svg)/,
  xml: /^(?:application|text|model)\/|xml$/,
}
const fits = (container: Container, type: string): boolean => fitting[container].test(type)

/**
 * The file name that the agent sees: the first name, or the kind of file if there is no name. It gets an ending that
 * fits the type if it has none, or one that the bytes contradict.
 */
const nameOf = (
  claims: NamedClaims,
  content: FileContent,
  type: string,
  recognised: Recognised | undefined,
): string => {
  const [given = claims.mediaType] = namesOf(claims, content)
  const own = [claims.fileName, content.fileName].some((name) => name?.trim() === given)
  const name = harmless(own ? lastSegment(given) : given)
  const isFromAddress = given === claims.inAddress
  const base =
    isFromAddress && endingOfType(type) !== '' && typeOfName(name) !== type ? name.replace(scriptEnding, '') : name
  const ending = endingIn(base, own)
  if (ending !== '' && !isContradicted(base, type, recognised)) return cut(base.slice(0, -ending.length), ending)
  const added = endingOfType(type) || typeEndingOf(claims)
  return cut(base, added === '' ? '' : `.${added}`)
}

/** Addresses of programs that serve files, such as "download.php". */
const scriptEnding = /\.(?:php\d?|aspx?|ashx|jsp|do|cgi|html?|bin|tmp)$/i

/** A file's own name may have any ending, such as ".heix". In a title, a dot may begin no ending: "Invoice 2024.05". */
const endingIn = (name: string, isFileName: boolean): string => {
  if (typeOfName(name) === '' && !isFileName) return ''
  return /\.(?=[^.]*[a-z])[a-z0-9_-]{1,12}$/i.exec(name)?.[0] ?? ''
}

/** Whether the name's ending stands for something that the bytes are not, so that no program would open it. */
const isContradicted = (name: string, type: string, recognised: Recognised | undefined): boolean => {
  const named = typeOfName(name)
  if (named === '' || named === type || recognised === undefined) return false
  if (recognised.container !== undefined) return !fits(recognised.container, named)
  if (familyOf(named) === 'image' && familyOf(type) === 'image')
    return plainPicture.test(named) !== plainPicture.test(type)
  return familyOf(named) !== familyOf(type) || (type === 'application/pdf' && named !== 'application/postscript')
}

/** Programs open these types even if the name has a wrong ending. */
const plainPicture = /^image\/(?:png|jpeg|gif|webp|bmp)$/

const familyOf = (type: string): string => {
  const main = type.split('/')[0] ?? ''
  return main === 'audio' || main === 'video' ? 'media' : main === 'image' ? main : 'document'
}

const typeEndingOf = ({ inAddress }: NamedClaims): string =>
  typeOfName(inAddress) === '' ? '' : (inAddress.split('.').at(-1) ?? '')

/**
 * Removes separators, control characters, and invisible characters that can hide an ending. Keeps the two joiners,
 * because emoji and Persian need them. Windows ignores dots and blanks at the end of a name.
 */
const harmless = (name: string): string =>
  name
    .replace(/(?![\u200C\u200D])[\p{Cf}\p{Cs}\u2028\u2029]/gu, '')
    .replace(/[\\/:*?"<>|\p{Cc}]/gu, '_')
    .replace(/(?<![. ])[. ]+$/, '') || '_'

/** A long name loses its end, so that its beginning and its ending can be read. */
const cut = (base: string, ending: string): string => cutAt(base, maxNameLength - ending.length) + ending

/**
 * Whether the address gives a web page, or a message such as an error, instead of the file. A document may itself be a
 * page: then one of its names says so, or the server offers it for download under a name.
 */
const isPage = (claims: NamedClaims, content: FileContent, recognised: Recognised | undefined): boolean => {
  if (recognised !== undefined && recognised.container !== 'xml') return false
  const declared = normalType(content.contentType)
  const kind =
    pageKind(content.bytes) ?? (/^(?:text\/html|application\/xhtml\+xml)$/.test(declared) ? 'html' : undefined)
  const isText = /^text\/|[/+](?:json|xml)$/.test(declared)
  if (claims.mediaType !== 'file')
    return kind !== undefined || isText || recognised !== undefined || isMessage(content.bytes)
  // Some programs export tables and letters as HTML. Their servers declare them as Excel or Word.
  if (kind === undefined) return isMessage(content.bytes) && namesOf(claims, content).some(needsMark)
  if (officeType.test(declared)) return false
  const offered = typeOfName(content.fileName ?? '')
  if (content.fileName !== undefined && (offered === '' || officeType.test(offered))) return false
  const names = namesOf(claims, content)
  return kind === 'html' ? !names.some((name) => htmlType.test(typeOfName(name))) : !names.some(mayHoldData)
}
/** Whether the bytes of a file of this name would be recognised. */
const needsMark = (name: string): boolean =>
  /^(?:image\/(?!svg)|audio\/|video\/|application\/(?:pdf$|zip$|epub|vnd\.(?:openxml|oasis|ms-)))/.test(
    typeOfName(name),
  )
const officeType = /^application\/(?:vnd\.ms-|msword)/
const htmlType = /html|x-httpd-php|markdown|^message\//

/** Whether a file of this name may hold JSON or XML: it has an ending that does not stand for another type. */
const mayHoldData = (name: string): boolean => {
  const type = typeOfName(name)
  return type === '' ? endingIn(name, true) !== '' : /^text\/|[/+](?:json|xml)$|javascript/.test(type)
}
