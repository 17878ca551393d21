import { isDataAddress } from '../../../shared/downloads/data-address'
import { agentTexts } from '../agent-texts'
import { withoutInvisibles } from '../../characters'
import { isKeyItself } from './keys'
import { jsonWebToken, keyShapes } from './key-tables'

/**
 * The address as an agent may see it, or why it is not shown. A key opens more than one file: it must not be shown. A
 * link that is signed for one file is shown whole, because it does not work without its query. The rule is for
 * addresses that a channel, flow or bot fills in; what people type is not checked.
 */
export const shownAddress = (address: string): { address: string } | { reason: string } => {
  if (isDataAddress(address) || placeless.test(address)) return { reason: agentTexts.notLinked.data }
  return isKey(address) ? { reason: agentTexts.notLinked.key } : { address }
}

/** Such an address means something only to the program that made it. */
const placeless = /^[\s\p{Cc}]*(?:cid|mid|blob|file|filesystem|content|attachment):/iu

/**
 * Whether an address opens more than one file: it holds an account's password, token or key, by itself or in an address
 * inside it. Reads it as a browser does: without invisible characters, tabs and line breaks.
 */
export const isKey = (address: string): boolean => {
  const plain = decoded(withoutInvisibles(address))
  const parts = [...plain.split(otherAddress), ...addressesInBase64(plain)]
  return keyShapes.test(plain) || parts.length > maxParts || parts.some(isKeyItself)
}
/** If an address has more addresses in it than this, we cannot tell what it opens. */
const maxParts = 40

/** Decodes three times: an address inside an address is encoded twice. Decodes only ASCII, so nothing is malformed. */
const decoded = (text: string): string => {
  let plain = text
  for (let round = 0; round < 3 && encoded.test(plain); round += 1)
    plain = plain.replace(allEncoded, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
  return plain.replace(/[\t\n\r\0]/g, '').trim()
}
const encoded = /%[0-7][0-9a-f]/i
const allEncoded = /%([0-7][0-9a-f])/gi

/** An address may hold others, for example behind a proxy for pictures. */
const otherAddress = /(?<![a-z0-9+.-])(?=https?:|[a-z][a-z0-9+.-]{0,30}:[\\/])/i

/** Some proxies for pictures write the inner address in Base64. */
const addressesInBase64 = (plain: string): string[] =>
  (plain.match(base64Address) ?? []).map((encodedAddress) => Buffer.from(encodedAddress, 'base64').toString('latin1'))
const base64Address = /(?<![\w+-])aHR0c[\w+-]{8,2000}/g

/** Replaces the keys in a text that a flow or bot has filled in, and the content of files that nobody can read. */
export const withoutKeys = (text: string): string => {
  const plain = withoutInvisibles(text)
  const hasShape = keyShapes.test(plain) || jsonWebToken.test(plain)
  if (!hasShape && !suspicious.test(plain)) return text
  return text
    .replace(dataInText, agentTexts.dataLeftOut)
    .replace(passwordWithBlanks, (found) => leaveOut(found))
    .replace(words, (word) => {
      const mayBeKey = word.length >= shortestKey && (hasShape || suspicious.test(word))
      return mayBeKey && isKey(word.slice(0, endOfAddress(word))) ? leaveOut(word) : word
    })
}

const dataInText = /\bdata:[^\s,]{0,200},[\w+/=%-]{100,}/gi

/** Every key has one of these, or the shape of a well-known key. */
const suspicious = /[\\/=@%]/

/** An address with a password that has blanks or quotes in it. A port with ordinary text after it is no password. */
const passwordWithBlanks =
  /https?:[\\/]*[^\s\\/?#@:"'<>,;]{1,200}:(?!\d{1,5}(?:[^\w@]|$))[^\s\\/?#@][^\s\\/?#@"'<>]{0,60}[\s"'<>][^\\/?#@\n\r]{0,60}@\S*/gi

const shortestKey = 8

/** Programs ignore a tab in an address, so a tab does not end it. Quotes and angle brackets do. */
const words = /[^\s"<>]+(?:\t+[^\s"<>]+)*/g

/** Keeps what stands before and after an address, such as brackets and a full stop. */
const leaveOut = (word: string): string => {
  const end = endOfAddress(word)
  const start = word.search(addressStart)
  const from = start > 0 && !isKey(word.slice(0, start)) ? start : (/^[("'[{<*_~`]*/.exec(word)?.[0].length ?? 0)
  return from < end ? word.slice(0, from) + agentTexts.keyLeftOut + word.slice(end) : agentTexts.keyLeftOut
}
const addressStart = /https?(?::|%)|[a-z][a-z0-9+.-]{0,30}:[\\/]|[\\/]{2}/i

/** A bracket or full stop after an address belongs to the text. */
const endOfAddress = (word: string): number => {
  let end = word.length
  while (end > 0 && ")].,;:!?'`*_}".includes(word.charAt(end - 1))) end -= 1
  return end
}
