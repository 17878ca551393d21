import { useId, useMemo, useRef } from 'react'
import { Button, Icon } from '@livechat/design-system-react-components'
import { Filter as FilterIcon } from '@livechat/design-system-icons'
import type { PersonView } from '../../control/views'
import { useLive } from '../live/connection'
import { place } from '../ui/place'
import { countFilters, noFilter, type Filter } from './filter'

type Props = {
  filter: Filter
  onFilter: (filter: Filter) => void
  people: PersonView[]
  /** The other lists can only be searched. */
  listsRequests: boolean
}

const sides = [
  ['livechat', 'LiveChat'],
  ['botpress', 'Botpress'],
] as const
const statuses = [
  ['good', 'OK'],
  ['failed', 'Failed or lost'],
  ['fault', 'Hit by a fault'],
] as const

/** Search, and a panel with the other filters. */
export const FilterBar = ({ filter, onFilter, people, listsRequests }: Props) => {
  const id = useId()
  const button = useRef<HTMLButtonElement & HTMLAnchorElement>(null)
  const rows = useLive((live) => live.rows)
  const routes = useMemo(() => [...new Set(rows.map(({ name }) => name))].sort(), [rows])
  const count = countFilters(filter)
  const select = (field: keyof Filter, label: string, options: readonly (readonly [string, string])[]) => (
    <label>
      {label}
      <select value={filter[field]} onChange={(event) => onFilter({ ...filter, [field]: event.target.value })}>
        <option value="">All</option>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
  return (
    <div className="filters">
      <input
        type="search"
        aria-label="Search"
        placeholder="Search"
        value={filter.search}
        onChange={(event) => onFilter({ ...filter, search: event.target.value })}
      />
      <Button
        ref={button}
        disabled={!listsRequests}
        kind={count > 0 ? 'secondary' : 'text'}
        size="compact"
        icon={<Icon source={FilterIcon} size="small" />}
        popoverTarget={id}
        aria-label={count > 0 ? `Filter (${count} set)` : 'Filter'}
      >
        {count > 0 ? count : undefined}
      </Button>
      <div
        id={id}
        popover="auto"
        className="filters__panel"
        role="dialog"
        aria-label="Filter"
        onToggle={({ newState, currentTarget }) => {
          if (newState === 'open' && button.current) place(currentTarget, button.current.getBoundingClientRect())
        }}
      >
        {select(
          'personId',
          'Customer',
          people.map((person) => [person.id, person.name] as const),
        )}
        {select('side', 'Side', sides)}
        {select('status', 'Status', statuses)}
        {select(
          'route',
          'Route',
          routes.map((name) => [name, name] as const),
        )}
        <Button kind="secondary" size="compact" onClick={() => onFilter({ ...noFilter, search: filter.search })}>
          Show all
        </Button>
      </div>
    </div>
  )
}
