import { memo, useState } from 'react'
import { Icon } from '@livechat/design-system-react-components'
import { Bot, Person, Settings, Support, Tools } from '@livechat/design-system-icons'
import { duration, exactTime, lineOf } from '../format'
import type { Group } from '../live/state'
import { EntryRow } from './entry-row'
import { inOrder, summaryOf } from './outcome'

type Props = { group: Group; person: string | undefined; names: ReadonlyMap<string, string> }

const icons = { customer: Person, agent: Support, bot: Bot, owner: Settings, sandbox: Tools } as const
const outcomes = { good: 'OK', healed: 'Healed', failed: 'Failed', none: '' } as const

/** One message or press, which opens into the requests that it caused. */
export const GroupRow = memo(function GroupRow({ group, person, names }: Props) {
  const [isOpen, setOpen] = useState(false)
  const { cause, rows } = group
  const [first] = rows
  if (!cause) return first ? <EntryRow entry={first} person={person} /> : null
  const { outcome, calls, faults, tries, durationMs } = summaryOf(group)
  return (
    <div className="group" data-outcome={outcome}>
      <button type="button" className="group__row" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <time>{exactTime(cause.atMs)}</time>
        <span className="group__who">
          <Icon source={icons[cause.from]} size="small" /> {cause.who}
        </span>
        <span className="group__title" dir="auto">
          {lineOf(cause.title)}
        </span>
        <span className="entry__marks">
          {faults.map((fault) => (
            <em key={fault}>fault: {fault}</em>
          ))}
          {tries > 1 && <em>try {tries}</em>}
        </span>
        <span className="entry__status">{outcomes[outcome]}</span>
        <span className="entry__duration">{durationMs === undefined ? '' : duration(durationMs)}</span>
        <span className="group__calls">{calls === 1 ? '1 request' : `${calls} requests`}</span>
        <span className="entry__person">{person !== cause.who ? (person ?? '') : ''}</span>
      </button>
      {isOpen && (
        <div className="group__entries">
          {inOrder(rows).map((row) => (
            <EntryRow key={row.seq} entry={row} person={names.get(row.personId ?? '')} />
          ))}
          {rows.length === 0 && <p className="inspector__empty">It has caused nothing yet.</p>}
        </div>
      )}
    </div>
  )
})
