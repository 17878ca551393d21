/** Node's own, because this module is loaded before the globals are replaced. */
const realSetImmediate = setImmediate

/** Work that takes real time, and for which the virtual clock waits. */
const holds = new Set<string>()

/** From now on, time stands still until `releaseTime` is called with the same name. */
export const holdTime = (name: string): void => void holds.add(name)
export const releaseTime = (name: string): void => void holds.delete(name)

/** Resolves when everything that waits for no time has run to its end. */
export const everythingElse = async (): Promise<void> => {
  do await new Promise<void>((resolve) => realSetImmediate(resolve))
  while (holds.size > 0)
}
