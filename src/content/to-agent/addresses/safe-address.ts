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
/** Nobody can tell what an address with more addresses in it opens. */
const maxParts = 40

/** Three times, because an address within an address is encoded twice. Only ASCII counts here, so nothing can be malformed. */
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

/** No key without one of these, unless it has the shape of a well-known one. */
const suspicious = /[\\/=@%]/

/** An address with a user whose password has blanks or quotes in it. A port and an ordinary text after it are no password. */
const passwordWithBlanks =
  /https?:[\\/]*[^\s\\/?#@:"'<>,;]{1,200}:(?!\d{1,5}(?:[^\w@]|$))[^\s\\/?#@][^\s\\/?#@"'<>]{0,60}[\s"'<>][^\\/?#@\n\r]{0,60}@\S*/gi

const shortestKey = 8

/** A tab disappears from an address, so it is no end of one. Quotes and angle brackets are. */
const words = /[^\s"<>]+(?:\t+[^\s"<>]+)*/g

/** What stands before an address and after it stays, such as brackets and a full stop. */
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
