const SECRET_NAME = /secret|token$|password|cookie|authorization|signature|credential|code_verifier|uploadurl/i
/** Botpress sends the whole configuration in this header, in Base64. */
const SECRET_HEADER = /^x-bp-configuration$/i
/** Shorter values are too common to be masked wherever they appear. */
const MIN_REMEMBERED_LENGTH = 8

export const MASK = '••••••'

/**
 * Masks secrets in what the page shows: values whose names mean a secret and, from then on, the same values everywhere,
 * for example in an address or a text.
 */
export class Masker {
  private readonly known = new Set<string>()

  public constructor(secrets: Iterable<unknown> = []) {
    for (const secret of secrets) this.remember(secret)
  }

  /** A copy without secrets. */
  public value(value: unknown): unknown {
    this.collect(value)
    return this.blot(value)
  }

  /** A copy of an object without secrets. */
  public record(record: Record<string, unknown>): Record<string, unknown> {
    this.collect(record)
    return this.blotRecord(record)
  }

  /** Headers without secrets. */
  public headers(headers: Record<string, string>): Record<string, string> {
    return Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name,
        SECRET_NAME.test(name) || SECRET_HEADER.test(name) ? MASK : this.blotText(value),
      ]),
    )
  }

  /** Text that may be JSON. */
  public text(text: string): string {
    const value = parseJson(text)
    return value === undefined ? this.blotText(text) : JSON.stringify(this.value(value), undefined, 2)
  }

  /** Learns the secrets in a text that may be JSON, so that they are masked wherever they appear later. */
  public learn(text: string | undefined): void {
    if (text !== undefined && /["']/.test(text)) this.collect(parseJson(text))
  }

  private collect(value: unknown): void {
    if (Array.isArray(value)) value.forEach((item) => this.collect(item))
    if (typeof value !== 'object' || value === null) return
    for (const [name, item] of Object.entries(value)) {
      if (SECRET_NAME.test(name)) this.remember(item)
      this.collect(item)
    }
  }

  private remember(secret: unknown): void {
    if (typeof secret === 'string' && secret.length >= MIN_REMEMBERED_LENGTH) this.known.add(secret)
  }

  private blot(value: unknown): unknown {
    if (typeof value === 'string') return this.blotText(value)
    if (Array.isArray(value)) return value.map((item) => this.blot(item))
    if (typeof value !== 'object' || value === null) return value
    return this.blotRecord(value)
  }

  private blotRecord(record: object): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(record).map(([name, item]) => [
        name,
        SECRET_NAME.test(name) && typeof item === 'string' ? MASK : this.blot(item),
      ]),
    )
  }

  private blotText(text: string): string {
    if (text.length < MIN_REMEMBERED_LENGTH) return text
    let blotted = text
      .replace(/((?:[?&](?:signature|access_token|token)=)|Bearer )[^&\s"]+/gi, `$1${MASK}`)
      .replace(/\bBasic [\w+/=]{16,}/g, `Basic ${MASK}`)
      .replace(/(api\.telegram\.org\/file\/bot)[^/\s"]+/g, `$1${MASK}`)
    for (const secret of this.known) blotted = blotted.replaceAll(secret, MASK)
    return blotted
  }
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * What somebody edited in a masked text, with the secrets of the original put back where they still stand as masks.
 * Throws `SyntaxError` if the text is not JSON.
 */
export const unmask = (edited: string, original: string): string =>
  JSON.stringify(restore(JSON.parse(edited), JSON.parse(original)))

const restore = (edited: unknown, original: unknown): unknown => {
  if (edited === MASK) return original
  if (Array.isArray(edited)) {
    return edited.map((item, index) => restore(item, Array.isArray(original) ? original[index] : undefined))
  }
  if (typeof edited !== 'object' || edited === null) return edited
  const before = typeof original === 'object' && original !== null ? Object.entries(original) : []
  const known = new Map<string, unknown>(before)
  return Object.fromEntries(Object.entries(edited).map(([name, item]) => [name, restore(item, known.get(name))]))
}
