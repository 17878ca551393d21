/** npx fetches a program before it runs it. If npm fails at that, its message is not an answer of the program. */
const npmFailure = /^npm error code \w+/m

export const isOfNpm = (output: string): boolean => npmFailure.test(output)

/** Why a program failed, in one line. */
export const reasonIn = (output: string): string =>
  npmFailure.exec(output)?.[0] ?? output.trim().split('\n').at(-1) ?? ''
