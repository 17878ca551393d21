/** What the text of a .env file shows about one variable, and the variables themselves do not. */
export type EnvFile = {
  named: string[]
  /** Named, but without a value. */
  blank: string[]
  /** Cut by Node at a `#` without quotes, which looks like a part of the value. */
  cut: string[]
}

export const readEnvFile = (text: string): EnvFile => {
  const lines = text.split('\n').flatMap((line): [string, string][] => {
    const [, name, value = ''] = /^\s*(?:export\s+)?(\w+)\s*=\s*(.*?)\s*$/.exec(line) ?? []
    return name === undefined ? [] : [[name, value]]
  })
  return {
    named: lines.map(([name]) => name),
    blank: lines.filter(([, value]) => /^(|''|""|``)(#\s.*|#)?$/.test(value)).map(([name]) => name),
    // After a space, a `#` begins a comment, as everybody expects.
    cut: lines.filter(([, value]) => /^[^'"`\s][^\s]*#|^#\S/.test(value)).map(([name]) => name),
  }
}
