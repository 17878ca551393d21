import type { FileClaims } from '../files/file-name'
import type { HistoryEntry } from '../history'
import { claimsOf } from '../media-line'
import { shownAddress } from '../addresses/safe-address'

/**
 * The last files of the history that the briefing can only name, because their address may not be shown; in order. Only
 * those of the end user whose session it is: the agent sees them as sent by the customer.
 */
export const filesOnlyNamed = (history: readonly HistoryEntry[], userId: string, max: number): FileClaims[] =>
  history
    .filter(({ speaker }) => speaker.type === 'user' && speaker.userId === userId)
    .flatMap(({ said }) => said)
    .flatMap((said) => (said.kind === 'media' && 'reason' in shownAddress(said.url) ? [claimsOf(said)] : []))
    .slice(-max)
