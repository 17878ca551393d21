import { useEffect, useRef, useState } from 'react'
import type { LedgerView } from '../../control/views'
import { duration, exactTime } from '../format'
import { directionOf, outcomeOf, summaryOf } from './labels'

/** One request or change. It opens to show the whole exchange. */
export const EntryRow = ({ entry, person }: { entry: LedgerView; person: string | undefined }) => {
  const [isOpen, setOpen] = useState(false)
  const direction = directionOf(entry)
  const outcome = outcomeOf(entry)
  const attempt =
    typeof entry.detail?.attempt === 'number' && entry.detail.attempt > 1 ? entry.detail.attempt : undefined
  const fault = typeof entry.detail?.fault === 'string' ? entry.detail.fault : undefined
  return (
    <div className="entry" data-outcome={outcome} data-side={entry.side}>
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
        <span className="entry__summary">{summaryOf(entry)}</span>
      </button>
      {isOpen && <Detail entry={entry} />}
    </div>
  )
}

const Detail = ({ entry: { detail, exchange } }: { entry: LedgerView }) => {
  const box = useRef<HTMLDivElement>(null)
  // In the last row, it would otherwise open out of sight.
  useEffect(() => box.current?.scrollIntoView({ block: 'nearest' }), [])
  return (
    <div className="entry__detail" ref={box}>
      {detail && <Block title="Detail" text={JSON.stringify(detail, undefined, 2)} />}
      {exchange?.request !== undefined && <Block title="Request" text={exchange.request} />}
      {exchange?.response !== undefined && <Block title="Answer" text={exchange.response} />}
      {!detail && !exchange && <p className="inspector__empty">Nothing was sent along.</p>}
    </div>
  )
}

const Block = ({ title, text }: { title: string; text: string }) => (
  <figure>
    <figcaption>{title}</figcaption>
    <pre tabIndex={0}>{text}</pre>
  </figure>
)
