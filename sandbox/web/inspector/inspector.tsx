import { useCallback, useMemo, useState } from 'react'
import { Button, Icon } from '@livechat/design-system-react-components'
import { ChevronDown, ChevronUp, FileDownload } from '@livechat/design-system-icons'
import type { EntryRow as Row } from '../../control/views'
import { useLive, useShown } from '../live/connection'
import type { Group } from '../live/state'
import { useAddressed } from '../preferences'
import { BotEvents } from './bot-events'
import { EntryRow } from './entry-row'
import { FaultBar } from './fault-bar'
import { FilterBar } from './filter-bar'
import { countFilters, groupPasses, noFilter, rowPasses, type Filter } from './filter'
import { GroupRow } from './group-row'
import { LongList } from './long-list'
import { isHop } from './outcome'
import { OwnerLog } from './owner-log'

type Props = { isOpen: boolean; onOpen: (isOpen: boolean) => void }

const tabs = [
  ['traffic', 'Traffic'],
  ['requests', 'Requests'],
  ['changes', 'Changes'],
  ['events', 'Events for flows'],
  ['log', 'Bot owner’s log'],
] as const

/** How far each list was cleared. */
type Cleared = { seq: number; cause: number; log: number; events: number }

const NOTHING_YET = 'Nothing yet. Each message appears here with the requests that it causes.'
const NOTHING_FOUND = 'Nothing matches the search and the filter.'

/** Every message and press, and every request to and from the integration that follows from it. */
export const Inspector = ({ isOpen, onOpen }: Props) => {
  const [tab, setTab] = useAddressed('tab', 'traffic')
  const [filter, setFilter] = useState<Filter>(noFilter)
  const [cleared, setCleared] = useState<Cleared>({ seq: 0, cause: 0, log: 0, events: 0 })
  const people = useShown((state) => state.people)
  const log = useShown((state) => state.log)
  const botEvents = useShown((state) => state.botEvents)
  const rows = useLive((live) => live.rows)
  const groups = useLive((live) => live.groups)
  const names = useNames()
  const empty = filter.search.trim() === '' && countFilters(filter) === 0 ? NOTHING_YET : NOTHING_FOUND
  const listsRequests = tab !== 'events' && tab !== 'log'
  const lastSeq = rows.at(-1)?.seq ?? 0
  const lastCause = groups.findLast(({ cause }) => cause)?.cause?.id ?? 0
  // After a reset the numbers begin anew.
  const since = lastSeq < cleared.seq ? { seq: 0, cause: 0, log: 0, events: 0 } : cleared
  const clear = (): void => setCleared({ seq: lastSeq, cause: lastCause, log: log.length, events: botEvents.length })

  const shownGroups = useMemo(
    () => groups.filter((group) => isTraffic(group) && isAfter(group, since) && groupPasses(filter, group)),
    [groups, filter, since.seq, since.cause],
  )
  const shownRows = useMemo(() => {
    const isWanted = ({ kind }: Row): boolean => (kind === 'effect') === (tab === 'changes')
    return rows.filter((row) => row.seq > since.seq && isWanted(row) && !isHop(row) && rowPasses(filter, row))
  }, [rows, filter, since.seq, tab])
  const contains = useCallback(
    (text: string) => text.toLowerCase().includes(filter.search.trim().toLowerCase()),
    [filter.search],
  )

  return (
    <section className="pane inspector" aria-label="Inspector" data-open={isOpen}>
      <header className="inspector__head">
        <div className="inspector__tabs" role="group" aria-label="What to show">
          {tabs.map(([id, label]) => (
            <button key={id} type="button" aria-pressed={tab === id} onClick={() => setTab(id)}>
              {label}
              {id === 'log' && log.length > since.log && <span>{log.length - since.log}</span>}
            </button>
          ))}
        </div>
        <FilterBar filter={filter} onFilter={setFilter} people={people} listsRequests={listsRequests} />
        <Button kind="plain" size="compact" onClick={clear}>
          Clear
        </Button>
        <a className="inspector__export" href="/api/session" download title="Export the session as a file">
          <Icon source={FileDownload} size="small" /> <span className="only-wide">Export</span>
        </a>
        <FaultBar />
        <Button
          className="inspector__fold"
          kind="text"
          size="compact"
          aria-expanded={isOpen}
          aria-label={isOpen ? 'Collapse the inspector' : 'Expand the inspector'}
          icon={<Icon source={isOpen ? ChevronDown : ChevronUp} size="small" />}
          onClick={() => onOpen(!isOpen)}
        />
      </header>
      {isOpen && tab === 'traffic' && (
        <LongList label="Traffic" items={shownGroups} empty={empty}>
          {(group) => <GroupRow key={group.id} group={group} person={names.get(personOf(group))} names={names} />}
        </LongList>
      )}
      {isOpen && (tab === 'requests' || tab === 'changes') && (
        <LongList label={tab === 'changes' ? 'Changes' : 'Requests'} items={shownRows} empty={empty}>
          {(row) => <EntryRow key={row.seq} entry={row} person={names.get(row.personId ?? '')} />}
        </LongList>
      )}
      {isOpen && tab === 'events' && (
        <BotEvents
          events={botEvents.slice(since.events).filter(({ type, payload }) => contains(type + JSON.stringify(payload)))}
        />
      )}
      {isOpen && tab === 'log' && <OwnerLog log={log.slice(since.log).filter(({ text }) => contains(text))} />}
    </section>
  )
}

/** A change that nobody asked for, such as the bot's greeting, is no traffic. */
const isTraffic = ({ cause, rows }: Group): boolean => cause !== undefined || rows.some(({ kind }) => kind !== 'effect')

const isAfter = ({ cause, rows }: Group, since: Cleared): boolean =>
  cause ? cause.id > since.cause : (rows[0]?.seq ?? 0) > since.seq

const personOf = ({ cause, rows }: Group): string =>
  cause?.personId ?? rows.find(({ personId }) => personId !== undefined)?.personId ?? ''

/** Names of all customers by their ids. The map stays the same while the names do. */
const useNames = (): ReadonlyMap<string, string> => {
  const text = useShown(({ people }) => JSON.stringify(people.map(({ id, name }) => [id, name])))
  return useMemo(() => new Map(JSON.parse(text) as [string, string][]), [text])
}
