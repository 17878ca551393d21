/** The forms in which a text may be found in other text. */
export const encodingsOf = (secret: string): [string, string][] => {
  const bytes = Buffer.from(secret)
  const forms: [string, string][] = [
    ['as it is', secret],
    ['URL-encoded', encodeURIComponent(secret)],
    ['form-encoded', new URLSearchParams({ v: secret }).toString().slice(2)],
    ['in JSON', JSON.stringify(secret).slice(1, -1)],
    ['in JSON twice', JSON.stringify(JSON.stringify(secret)).slice(3, -3)],
    ['hex', bytes.toString('hex')],
    // Inside a longer base64 text, its beginning may be at any of three positions.
    ...[0, 1, 2].flatMap((shift): [string, string][] => {
      const padded = Buffer.concat([Buffer.alloc(shift), bytes])
      const start = Math.ceil((shift * 8) / 6)
      const end = Math.floor((padded.length * 8) / 6)
      return [
        ['base64', padded.toString('base64').slice(start, end)],
        ['base64url', padded.toString('base64url').slice(start, end)],
      ]
    }),
  ]
  return forms
}
