import type { MessageHistoryEntry } from '../../bp'
import type { FileClaims } from './file-name'
import { partsOf, type OutgoingPart } from './outgoing-parts'
import { shownAddress } from './safe-address'

/**
 * The last files of the history that the briefing can only name, because their address may not be shown; in order. Only
 * those of the end user whose session it is: the agent sees them as sent by the customer.
 */
export const filesOnlyNamed = (history: MessageHistoryEntry[], userId: string, max: number): FileClaims[] =>
  history
    .filter(({ source }) => source.type === 'user' && source.userId === userId)
    .flatMap(partsOfEntry)
    .flatMap((part) => (part.kind === 'media' && 'reason' in shownAddress(part.url) ? [part] : []))
    .slice(-max)

const partsOfEntry = (entry: MessageHistoryEntry): OutgoingPart[] => {
  switch (entry.type) {
    case 'image':
      return partsOf.image(entry.payload)
    case 'audio':
      return partsOf.audio(entry.payload)
    case 'video':
      return partsOf.video(entry.payload)
    case 'file':
      return partsOf.file(entry.payload)
    case 'bloc':
      return partsOf.bloc(entry.payload)
    default:
      return []
  }
}
