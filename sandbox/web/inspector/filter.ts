import type { EntryRow } from '../../control/views'
import type { Group } from '../live/state'
import { outcomeOf } from './outcome'

/** An empty text lets everything pass. */
export type Filter = { search: string; side: string; status: string; route: string; personId: string }

export const noFilter: Filter = { search: '', side: '', status: '', route: '', personId: '' }

export const countFilters = ({ side, status, route, personId }: Filter): number =>
  [side, status, route, personId].filter((value) => value !== '').length

export const rowPasses = (filter: Filter, row: EntryRow): boolean =>
  (filter.side === '' || row.side === filter.side) &&
  (filter.status === '' || hasStatus(row, filter.status)) &&
  (filter.route === '' || row.name === filter.route) &&
  (filter.personId === '' || row.personId === filter.personId) &&
  contains(filter.search, textOfRow(row))

/** A group passes if one of its rows does. The words of its cause count for all of them. */
export const groupPasses = (filter: Filter, { cause, rows }: Group): boolean => {
  const isFound = cause !== undefined && contains(filter.search, `${cause.who} ${cause.title}`)
  const isOfPerson = cause?.personId === filter.personId
  const rest = {
    ...filter,
    ...(isFound ? { search: '' } : {}),
    ...(isOfPerson ? { personId: '' } : {}),
  }
  const asksForRows = countFilters(rest) > 0 || rest.search !== ''
  return !asksForRows || rows.some((row) => rowPasses(rest, row))
}

const hasStatus = (row: EntryRow, status: string): boolean => {
  const outcome = outcomeOf(row)
  if (status === 'failed') return outcome === 'bad' || outcome === 'lost'
  if (status === 'fault') return row.fault !== undefined
  return outcome === status
}

const contains = (search: string, text: string): boolean =>
  search.trim() === '' || text.toLowerCase().includes(search.trim().toLowerCase())

const textOfRow = ({ name, summary, status, fault }: EntryRow): string =>
  [name, summary, status, fault].filter((part) => part !== undefined).join(' ')
