/** Node's own, because this module is loaded before the globals are replaced. */
const realSetImmediate = setImmediate

/** Resolves when everything that waits for no time has run to its end. */
export const everythingElse = (): Promise<void> => new Promise((resolve) => realSetImmediate(resolve))
