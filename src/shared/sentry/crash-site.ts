/** Where an error came from: functions and positions in our own code. Holds nothing that anyone entered or wrote. */
export type CrashSite = { name: string; frames: { function: string; file: string; line: number; column: number }[] }

const maxFrames = 20
const frameLine = /^\s+at (?:(?:async )?([^()]{1,80}) \()?(?:file:\/\/)?([^()]*?):(\d+):(\d+)\)?$/

/**
 * Returns at most 20 frames, the innermost first. Leaves out the error's message, even if it looks like a stack, and
 * the paths of the machine.
 */
export const crashSiteOf = (error: unknown): CrashSite => {
  if (!(error instanceof Error)) return { name: typeof error, frames: [] }
  const { message, stack = '' } = error
  // The stack begins with the original message. If the message has changed since, we cannot cut it off. Then we use no
  // line of the stack.
  const head = stack.indexOf(message)
  const lines = head < 0 ? [] : stack.slice(head + message.length).split('\n')
  const frames = lines.flatMap((line) => {
    const [, name = '', path = '', row, column] = frameLine.exec(line) ?? []
    if (row === undefined || path.startsWith('node:')) return []
    return [
      { function: name.trim(), file: path.split(/[\\/]/).at(-1) ?? '', line: Number(row), column: Number(column) },
    ]
  })
  return { name: /^\w{1,60}$/.test(error.name) ? error.name : 'Error', frames: frames.slice(0, maxFrames) }
}
