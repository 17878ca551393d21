import type { FileClaims } from '../files/file-name'
import type { HistoryEntry } from '../history'
import { claimsOf } from '../media-line'
import { shownAddress } from '../addresses/safe-address'

/**
 * The last files of the history that the briefing can only name, because their address may not be shown; in order. Only
 * files of the session's end user, because the agent sees the customer as their sender.
 */
export const filesOnlyNamed = (history: readonly HistoryEntry[], userId: string, max: number): FileClaims[] =>
  history
    .filter(({ speaker }) => speaker.type === 'user' && speaker.userId === userId)
    .flatMap(({ said }) => said)
    .flatMap((said) => (said.kind === 'media' && 'reason' in shownAddress(said.url) ? [claimsOf(said)] : []))
    .slice(-max)
