export type Kind =
  | ('cache' | 'deadline ignored' | 'dropped turn' | 'early answer' | 'leak' | 'lost claim' | 'lost write')
  | ('missing await' | 'missing dedupe' | 'other installation' | 'redelivery' | 'reversed order' | 'stale read')
  | ('swallowed error' | 'visibility' | 'wrong content' | 'wrong key' | 'wrong name' | 'wrong place')

/** A fault that is put into a copy of the code, to see whether the simulation finds it. */
export type PlantedFault = {
  /** What is wrong then. */
  name: string
  kind: Kind
  file: string
  /** Stands in the file exactly once. */
  find: string
  replace: string
}

/** The source with the fault in it. Throws if the source has changed so that the fault no longer fits. */
export const plant = (source: string, { name, file, find, replace }: PlantedFault): string => {
  const parts = source.split(find)
  if (parts.length !== 2) throw new Error(`"${name}" fits ${parts.length - 1} places of ${file}, not one`)
  return parts.join(replace)
}
