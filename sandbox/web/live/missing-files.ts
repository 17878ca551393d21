import { useMemo } from 'react'
import { useShown } from './connection'

/** Why a recording has not the file at an address. In a sandbox that runs, no file is missing. */
export const useMissingFiles = (): ReadonlyMap<string, string> => {
  const files = useShown(({ missingFiles }) => missingFiles)
  return useMemo(() => new Map(files?.map(({ url, missing }) => [url, missing])), [files])
}
