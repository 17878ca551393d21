const SECRET_NAME = /secret|token$|password|cookie|authorization|signature|credential|code_verifier|uploadurl/i
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

  /** Text that may be JSON. */
  public text(text: string): string {
    try {
      return JSON.stringify(this.value(JSON.parse(text)), undefined, 2)
    } catch {
      return this.blotText(text)
    }
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
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [
        name,
        SECRET_NAME.test(name) && typeof item === 'string' ? MASK : this.blot(item),
      ]),
    )
  }

  private blotText(text: string): string {
    let blotted = text.replace(/((?:[?&](?:signature|access_token|token)=)|Bearer )[^&\s"]+/gi, `$1${MASK}`)
    for (const secret of this.known) blotted = blotted.replaceAll(secret, MASK)
    return blotted
  }
}
