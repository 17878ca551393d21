import type { CauseView, EntryRow, LiveMessage, Snapshot, StateChange } from '../../control/views'

/** What one thing set off: a line of the inspector. An entry whose cause is unknown has a group of its own. */
export type Group = { id: string; cause?: CauseView; rows: EntryRow[] }

export type Live = {
  /** Absent until the server has answered for the first time. */
  state?: Snapshot
  rows: EntryRow[]
  groups: Group[]
  isConnected: boolean
}

export const emptyLive: Live = { rows: [], groups: [], isConnected: true }

/** Older ones are forgotten: nobody scrolls that far. */
const [MAX_ROWS, MAX_GROUPS] = [6_000, 2_000]

/** What is known after a message of the server. Whatever it does not mention stays the same object. */
export const apply = (live: Live, message: LiveMessage): Live => {
  const { causes = [], entries = [] } = message
  if (message.type === 'hello') {
    return { ...emptyLive, state: message.state, rows: entries, groups: grouped([], causes, entries) }
  }
  return {
    ...live,
    ...(live.state && message.state ? { state: changed(live.state, message.state) } : {}),
    ...(entries.length > 0 ? { rows: [...live.rows, ...entries].slice(-MAX_ROWS) } : {}),
    ...(causes.length + entries.length > 0 ? { groups: grouped(live.groups, causes, entries) } : {}),
  }
}

const changed = (state: Snapshot, { people, chats, ...parts }: StateChange): Snapshot => ({
  ...state,
  ...parts,
  ...(people
    ? {
        people: merged(
          state.people,
          people,
          ({ id }) => id,
          (before, { messages, ...rest }) => ({
            ...rest,
            messages: [...(before?.messages ?? []).slice(0, messages.from), ...messages.items],
          }),
        ),
      }
    : {}),
  ...(chats
    ? {
        chats: merged(
          state.chats,
          chats,
          ({ chatId }) => chatId,
          (before, { transcript, ...rest }) => ({
            ...rest,
            transcript: [...(before?.transcript ?? []).slice(0, transcript.from), ...transcript.items],
          }),
        ),
      }
    : {}),
})

/** Replaces those that have changed in their places, and adds the new ones at the end. */
const merged = <Item, Change>(
  items: Item[],
  changes: Change[],
  idOf: (item: Item | Change) => string,
  merge: (before: Item | undefined, change: Change) => Item,
): Item[] => {
  const byId = new Map(changes.map((change) => [idOf(change), change]))
  const kept = items.map((item) => {
    const change = byId.get(idOf(item))
    byId.delete(idOf(item))
    return change === undefined ? item : merge(item, change)
  })
  return [...kept, ...[...byId.values()].map((change) => merge(undefined, change))]
}

const groupId = (cause: number): string => `cause-${cause}`

const grouped = (before: Group[], causes: CauseView[], rows: EntryRow[]): Group[] => {
  const groups = [...before, ...causes.map((cause): Group => ({ id: groupId(cause.id), cause, rows: [] }))]
  const places = new Map(groups.map(({ id }, index) => [id, index]))
  const added = new Map<number, EntryRow[]>()
  for (const row of rows) {
    const place = row.cause === undefined ? undefined : places.get(groupId(row.cause))
    if (place === undefined) groups.push({ id: `entry-${row.seq}`, rows: [row] })
    else added.set(place, [...(added.get(place) ?? []), row])
  }
  for (const [place, more] of added) {
    const group = groups[place]
    if (group) groups[place] = { ...group, rows: [...group.rows, ...more] }
  }
  return groups.slice(-MAX_GROUPS)
}
