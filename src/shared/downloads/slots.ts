/** Lets a limited number of pieces of work run at the same time. The others wait, in order. */
export type Slots = {
  /**
   * Waits for a free slot. Call the returned function, once or more often, when the work is done.
   * @throws the reason of `signal` if it aborts first
   */
  enter: (signal: AbortSignal) => Promise<() => void>
}

export const createSlots = (count: number): Slots => {
  let free = count
  const waiting = new Set<() => void>()
  const leaveOnce = (): (() => void) => {
    let isLeft = false
    return () => {
      if (isLeft) return
      isLeft = true
      const [next] = waiting
      if (next) next()
      else free += 1
    }
  }
  return {
    enter: (signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(reasonOf(signal))
        if (free > 0) {
          free -= 1
          return resolve(leaveOnce())
        }
        const giveUp = (): void => {
          waiting.delete(begin)
          reject(reasonOf(signal))
        }
        const begin = (): void => {
          waiting.delete(begin)
          signal.removeEventListener('abort', giveUp)
          resolve(leaveOnce())
        }
        waiting.add(begin)
        signal.addEventListener('abort', giveUp, { once: true })
      }),
  }
}

const reasonOf = ({ reason }: AbortSignal): Error => (reason instanceof Error ? reason : new Error('Aborted'))

/** Counts what is under way, up to a limit. */
export type Gate = {
  /** Returns a function to call when the work is done, or `undefined` if there is no more room. */
  enter: () => (() => void) | undefined
}

export const createGate = (most: number): Gate => {
  let inside = 0
  return {
    enter: () => {
      if (inside >= most) return undefined
      inside += 1
      return () => {
        inside -= 1
      }
    },
  }
}
