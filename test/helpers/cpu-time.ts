/** The processor time that some work takes, in milliseconds. Other work on the machine makes it hardly longer. */
export const cpuMs = (work: () => unknown): number => {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}
