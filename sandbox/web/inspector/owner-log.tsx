import type { Snapshot } from '../../control/views'
import { exactTime } from '../format'

/** What the bot's owner reads in Botpress. */
export const OwnerLog = ({ log }: { log: Snapshot['log'] }) => (
  <div className="inspector__list" role="region" aria-label="Log" tabIndex={0}>
    {log.length === 0 && (
      <p className="inspector__empty">No messages. Whatever the bot’s owner must do or know appears here.</p>
    )}
    {log.map(({ atMs, level, text }, index) => (
      <p key={index} className="log-line" data-level={level}>
        <time>{exactTime(atMs)}</time> {text}
      </p>
    ))}
  </div>
)
