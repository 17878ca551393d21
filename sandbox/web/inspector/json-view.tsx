const TOKEN =
  /("(?:\\.|[^"\\])*"(?=\s*:))|("(?:\\.|[^"\\])*")|\b(true|false|null)\b|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/g
/** More colored words than this cost more than they help. */
const MAX_COLORED_CHARACTERS = 20_000

/** Text with colors where it is JSON. */
export const JsonView = ({ text }: { text: string }) => (
  <pre tabIndex={0}>{text.length > MAX_COLORED_CHARACTERS || !/^\s*[[{]/.test(text) ? text : colored(text)}</pre>
)

const colored = (text: string) => {
  let last = 0
  const parts = [...text.matchAll(TOKEN)].flatMap(({ index, 0: token, 1: name, 2: string, 3: word }) => {
    const between = text.slice(last, index)
    last = index + token.length
    const kind = name !== undefined ? 'name' : string !== undefined ? 'string' : word !== undefined ? 'word' : 'number'
    return [
      between,
      <span key={index} className={`json-${kind}`}>
        {token}
      </span>,
    ]
  })
  return [...parts, text.slice(last)]
}
