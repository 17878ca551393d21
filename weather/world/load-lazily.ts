import { createMediaFetcher } from '../../src/shared/downloads/fetch-media'
import { systemRuntime } from '../../src/shared/runtime'

/** Loads what `src/` loads at first use. In a world, this would take real time, which the virtual clock does not wait for. */
export const loadLazily = async (): Promise<void> => {
  // Fails, because no world runs.
  await createMediaFetcher(systemRuntime)('https://files.example.com/none', 1)
}
