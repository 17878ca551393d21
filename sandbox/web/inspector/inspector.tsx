import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { Button, Icon } from '@livechat/design-system-react-components'
import { ChevronDown, ChevronUp } from '@livechat/design-system-icons'
import type { LedgerView, PersonView, Snapshot } from '../../control/views'
import { exactTime } from '../format'
import { useStored } from '../preferences'
import { EntryRow } from './entry-row'
import { FaultBar } from './fault-bar'
import { isHop } from './labels'

type Tab = 'traffic' | 'changes' | 'log'
type Props = { snapshot: Snapshot; entries: LedgerView[] }

const tabs: { id: Tab; label: string }[] = [
  { id: 'traffic', label: 'Traffic' },
  { id: 'changes', label: 'Changes' },
  { id: 'log', label: 'Bot owner’s log' },
]

/** Every request to and from the integration, as it happens. */
export const Inspector = ({ snapshot, entries }: Props) => {
  const [tab, setTab] = useStored<Tab>('inspector', 'traffic')
  const [isOpen, setOpen] = useStored('inspectorOpen', true)
  const [personId, setPersonId] = useState('')
  const [clearedTo, setClearedTo] = useState(0)
  const shown = useMemo(() => {
    const person = snapshot.people.find(({ id }) => id === personId)
    return entries.filter(
      (entry) =>
        entry.seq > clearedTo &&
        (tab === 'changes' ? entry.kind === 'effect' : entry.kind !== 'effect' && !isHop(entry)) &&
        (!person || concerns(entry, person)),
    )
  }, [entries, snapshot.people, personId, tab, clearedTo])

  return (
    <section className="pane inspector" aria-label="Inspector" data-open={isOpen}>
      <header className="inspector__head">
        <div className="inspector__tabs" role="group" aria-label="What to show">
          {tabs.map(({ id, label }) => (
            <button key={id} type="button" aria-pressed={tab === id} onClick={() => setTab(id)}>
              {label}
              {id === 'log' && snapshot.log.length > 0 && <span>{snapshot.log.length}</span>}
            </button>
          ))}
        </div>
        <label className="inspector__filter">
          <span className="visually-hidden">Chat</span>
          <select value={personId} onChange={(event) => setPersonId(event.target.value)}>
            <option value="">All chats</option>
            {snapshot.people.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <Button kind="plain" size="compact" onClick={() => setClearedTo(entries.at(-1)?.seq ?? 0)}>
          Clear
        </Button>
        <FaultBar snapshot={snapshot} />
        <Button
          className="inspector__fold"
          kind="text"
          size="compact"
          aria-expanded={isOpen}
          aria-label={isOpen ? 'Fold the inspector' : 'Unfold the inspector'}
          icon={<Icon source={isOpen ? ChevronDown : ChevronUp} size="small" />}
          onClick={() => setOpen(!isOpen)}
        />
      </header>
      {isOpen &&
        (tab === 'log' ? <OwnerLog log={snapshot.log} /> : <Entries entries={shown} people={snapshot.people} />)}
    </section>
  )
}

const Entries = ({ entries, people }: { entries: LedgerView[]; people: PersonView[] }) => {
  const list = useRef<HTMLDivElement>(null)
  const [isAtEnd, setAtEnd] = useState(true)
  const last = entries.at(-1)?.seq
  const follow = useCallback(() => list.current?.scrollTo({ top: list.current.scrollHeight }), [])
  useEffect(() => {
    if (isAtEnd) follow()
  }, [last, isAtEnd, follow])
  // On a phone the list is hidden while entries arrive, and then has no height to scroll in.
  useEffect(() => {
    if (!list.current || !isAtEnd) return undefined
    const observer = new ResizeObserver(follow)
    observer.observe(list.current)
    return () => observer.disconnect()
  }, [isAtEnd, follow])
  return (
    <div className="inspector__body">
      <div
        className="inspector__list"
        ref={list}
        role="region"
        aria-label="Requests"
        tabIndex={0}
        onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
          if (clientHeight > 0) setAtEnd(scrollTop + clientHeight > scrollHeight - 24)
        }}
      >
        {entries.length === 0 && (
          <p className="inspector__empty">Nothing yet. Each webhook and API call appears here as it happens.</p>
        )}
        {entries.map((entry) => (
          <EntryRow key={entry.seq} entry={entry} person={people.find((person) => concerns(entry, person))?.name} />
        ))}
      </div>
      {!isAtEnd && (
        <div className="inspector__latest">
          <Button kind="secondary" size="xcompact" onClick={() => setAtEnd(true)}>
            To the latest
          </Button>
        </div>
      )}
    </div>
  )
}

const OwnerLog = ({ log }: { log: Snapshot['log'] }) => (
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

const concerns = (entry: LedgerView, { ids }: PersonView): boolean => {
  const text = textOf(entry)
  return ids.some((id) => text.includes(id))
}

// Entries never change, so their texts can be kept.
const texts = new WeakMap<LedgerView, string>()
const textOf = (entry: LedgerView): string => {
  const known = texts.get(entry)
  if (known !== undefined) return known
  const text = JSON.stringify([entry.detail, entry.exchange])
  texts.set(entry, text)
  return text
}
