import { manyHandoffs } from '../plan/many-handoffs'
import { countThings } from './count-things'
import { play } from './play'
import type { Process } from './process'

/** How many objects and entries the memory of a process holds an hour after so many handoffs. */
export const keptThings = async (handoffs: number): Promise<number> => {
  const kept = [await processAfter(handoffs)]
  // Now nothing refers to the world of the process any more.
  await play(manyHandoffs(0))
  const withProcess = countThings()
  kept.pop()
  return withProcess - countThings()
}

const processAfter = async (handoffs: number): Promise<Process> => {
  const { cloud, timeline } = await play(manyHandoffs(handoffs))
  timeline.forget()
  return cloud.onlyProcess()
}
