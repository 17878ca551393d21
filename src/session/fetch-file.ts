import { isNamedExecutable, judgeFile, type FileClaims } from '../content/to-agent/files/file-name'
import type { Scope } from '../operation/scope'
import { isDataAddress, readDataAddress } from '../shared/downloads/data-address'

/** A file as it is uploaded. */
export type NamedFile = { name: string; contentType: string; bytes: Buffer }
export type FetchedFile =
  | { ok: true; file: NamedFile }
  | { ok: false; problem: 'too_large' | 'not_reachable' | 'address_not_allowed' | 'executable' | 'page' | 'empty' }

/**
 * Fetches the file that a message links to, or reads it from its address, and decides what it is. Programs, and web
 * pages in place of a file, do not count as files. Never throws. After the deadline, the file counts as not reachable.
 */
export const fetchFile = async (scope: Scope, claims: FileClaims, maxBytes: number): Promise<FetchedFile> => {
  if (isNamedExecutable(claims)) return { ok: false, problem: 'executable' }
  const fetched = isDataAddress(claims.url)
    ? readDataAddress(claims.url, maxBytes)
    : await scope.memory.fetchMedia(claims.url, maxBytes, scope.deadline.signal)
  if (!fetched.ok) return { ok: false, problem: fetched.reason }
  const judged = judgeFile(claims, fetched)
  return 'problem' in judged
    ? { ok: false, problem: judged.problem }
    : { ok: true, file: { ...judged, bytes: fetched.bytes } }
}
