import { textOf } from '../check/facts'
import { FIRST_STEP_MS, type World } from '../world/world'

type Line = { atMs: number; left?: string; middle?: string; right?: string }

const WIDTH = 42

/** What each side saw: end users on the left, LiveChat on the right, what the integration did between them. */
export const columns = (world: World): string => {
  const lines = [...doings(world), ...seen(world), ...inLiveChat(world)]
    // Before that, the bot is installed.
    .filter(({ atMs }) => atMs >= 0)
    .sort((a, b) => a.atMs - b.atMs)
  const head = row('seconds', 'end users', 'integration', 'LiveChat')
  return [
    head,
    ...lines.map(({ atMs, left, middle, right }) => row((atMs / 1000).toFixed(3), left, middle, right)),
  ].join('\n')
}

const row = (time: string, left = '', middle = '', right = ''): string =>
  `${time.padStart(9)} │ ${fit(left)} │ ${fit(middle)} │ ${right}`.trimEnd()

const fit = (text: string): string => (text.length > WIDTH ? `${text.slice(0, WIDTH - 1)}…` : text.padEnd(WIDTH))

const PEOPLE = new Set(['says', 'end', 'botStops', 'ask'])

const doings = ({ history }: World): Line[] =>
  history.moments.flatMap(({ atMs, kind, who, what }): Line[] => {
    if (kind === 'skipped') return []
    if (PEOPLE.has(kind)) return [{ atMs, left: `${who} ${kind} ${what}` }]
    if (['begin', 'answer', 'call', 'return', 'kill'].includes(kind))
      return [{ atMs, middle: `${who} ${kind} ${what}` }]
    return [{ atMs, right: `${who} ${kind} ${what}` }]
  })

const seen = ({ people }: World): Line[] =>
  people.flatMap((endUser, person) =>
    endUser
      .chat()
      .filter(({ from }) => from !== 'me')
      .map(({ atMs, from, text = '' }) => ({
        atMs: atMs - FIRST_STEP_MS,
        left: `person ${person} sees ${from}: ${text}`,
      })),
  )

const SHOWN = new Set(['thread_opened', 'thread_closed', 'chat_transferred', 'chat_queued', 'event_added'])
const DROPPED = new Set([
  'dropped_before_active',
  'dropped_after_end',
  'message_operation_failed',
  'session_start_failed',
])

const inLiveChat = ({ system }: World): Line[] =>
  system.ledger.all({ kind: 'effect' }).flatMap(({ atMs, name, detail }): Line[] => {
    const time = atMs - FIRST_STEP_MS
    if (DROPPED.has(name)) return [{ atMs: time, left: `(${name})` }]
    if (!SHOWN.has(name)) return []
    const author = textOf(detail, 'authorKind') || 'system'
    const what =
      name === 'event_added' ? `${author}: ${textOf(detail, 'text').slice(0, 60).replaceAll('\n', ' ')}` : name
    return [{ atMs: time, right: `${textOf(detail, 'threadId')} ${what} ${textOf(detail, 'reason')}` }]
  })
