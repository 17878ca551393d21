import type { Snapshot } from '../../control/views'
import { JsonView } from './json-view'

/** The events of the integration that reach the bot's flows, such as the end of a session with its details. */
export const BotEvents = ({ events }: { events: Snapshot['botEvents'] }) => (
  <div className="inspector__list" role="region" aria-label="Events for flows" tabIndex={0}>
    {events.length === 0 && (
      <p className="inspector__empty">None yet. Events appear here when a session waits, ends or is rated.</p>
    )}
    {events.map(({ id, type, payload }) => (
      <details key={id} className="bot-event">
        <summary>{type}</summary>
        <JsonView text={JSON.stringify(payload, undefined, 2)} />
      </details>
    ))}
  </div>
)
