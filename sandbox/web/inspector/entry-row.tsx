import { memo, useState } from 'react'
import type { EntryRow as Row } from '../../control/views'
import { duration, exactTime } from '../format'
import { EntryDetail } from './entry-detail'
import { directionOf, outcomeOf } from './outcome'

type Props = { entry: Row; person: string | undefined }

/** One request or change. It opens to show the whole exchange. */
export const EntryRow = memo(function EntryRow({ entry, person }: Props) {
  const [isOpen, setOpen] = useState(false)
  const direction = directionOf(entry)
  const { attempt, fault } = entry
  return (
    <div className="entry" data-outcome={outcomeOf(entry)} data-side={entry.side}>
      <button type="button" className="entry__row" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <time>{exactTime(entry.atMs)}</time>
        <span className="entry__way">
          {direction ? `${direction.from} → ${direction.to}` : entry.side === 'livechat' ? 'LiveChat' : 'Botpress'}
        </span>
        <span className="entry__name">{entry.name}</span>
        <span className="entry__marks">
          {fault !== undefined && <em>fault: {fault}</em>}
          {attempt !== undefined && <em>try {attempt}</em>}
        </span>
        <span className="entry__status">{entry.kind === 'effect' ? '' : (entry.status ?? 'lost')}</span>
        <span className="entry__duration">{entry.durationMs === undefined ? '' : duration(entry.durationMs)}</span>
        <span className="entry__person">{person ?? ''}</span>
        <span className="entry__summary">{entry.summary}</span>
      </button>
      {isOpen && <EntryDetail seq={entry.seq} />}
    </div>
  )
})
