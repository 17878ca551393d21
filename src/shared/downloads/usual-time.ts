/** How long calls of one kind usually take. */
export type UsualTime = {
  note: (durationMs: number) => void
  /** The median of the last calls, in milliseconds; 0 if there was none. One slow call does not change it much. */
  ms: () => number
}

export const createUsualTime = (calls = 5): UsualTime => {
  const last: number[] = []
  return {
    note: (durationMs) => {
      last.push(durationMs)
      if (last.length > calls) last.shift()
    },
    ms: () => [...last].sort((a, b) => a - b)[Math.floor(last.length / 2)] ?? 0,
  }
}
