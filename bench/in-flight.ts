/**
 * Runs `work` for each index below `count`, `width` of them at once. Resolves with the results in order of the indexes.
 */
export const inFlight = async <T>(count: number, width: number, work: (index: number) => Promise<T>): Promise<T[]> => {
  const results: T[] = []
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < count) {
      const index = next
      next += 1
      results[index] = await work(index)
    }
  }
  await Promise.all(Array.from({ length: width }, worker))
  return results
}
