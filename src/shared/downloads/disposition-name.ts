import { TextDecoder } from 'node:util'
import { parse } from 'content-disposition'
import { percentDecoded } from '../percent'

/** The file's name in a `Content-Disposition` header, in plain letters. `undefined` if it has none, or only dots. */
export const nameInDisposition = (header: string): string | undefined => {
  // Some servers leave out the word "attachment".
  const { filename } = parse(/^\s*filename/i.test(header) ? `attachment; ${header}` : header).parameters
  const name = inPlainLetters(withoutQuotes((filename ?? '').trim())).trim()
  return /^[\s.]*$/.test(name) ? undefined : name
}

/** Some servers put single quotes around a name, where only double quotes have a meaning. */
const withoutQuotes = (name: string): string => /^'(.*)'$/s.exec(name)?.[1] ?? name

/** Many servers write UTF-8 although only Latin-1 is allowed, or encode the name like an address or an e-mail. */
const inPlainLetters = (name: string): string => {
  const words = [...name.matchAll(encodedWord)]
  if (words.length > 0 && name.replace(encodedWord, '').trim() === '') return decodedWords(words)
  if (/%[89a-f][0-9a-f]|%20/i.test(name)) return percentDecoded(name)
  const asUtf8 = /[\u0100-\uFFFF]/.test(name) ? name : Buffer.from(name, 'latin1').toString()
  return asUtf8.includes('\uFFFD') ? name : asUtf8
}

/** A word as e-mail encodes it: its character set, its encoding (Base64 or "quoted"), its letters. */
const encodedWord = /=\?([\w-]{1,40})(?:\*[\w-]{1,20})?\?([bq])\?([^?]*)\?=/gi

/** A long name has several words in a row. A character may begin in one word and end in the next. */
const decodedWords = (words: RegExpExecArray[]): string => {
  const bytes = words.map(([, , way = '', text = '']) =>
    way.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : quotedBytes(text),
  )
  return decoderOf(words[0]?.[1] ?? '').decode(Buffer.concat(bytes))
}

const quotedBytes = (text: string): Buffer =>
  Buffer.from(
    text.replace(/_/g, ' ').replace(/=([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16))),
    'latin1',
  )

const decoderOf = (characterSet: string): TextDecoder => {
  try {
    return new TextDecoder(characterSet)
  } catch {
    return new TextDecoder() // a character set that nobody knows: most names are UTF-8
  }
}
