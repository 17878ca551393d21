import { ControlError } from '../errors'
import { ledgerView } from '../entries'
import { readFileAt } from '../files'
import { recordSession } from '../session-file'
import type { Stage } from '../stage'
import type { LedgerView } from '../views'
import { param, type Route } from './route'

export const readingRoutes = (stage: Stage): Route[] => [
  { method: 'GET', path: '/api/state', run: () => ({ json: stage.snapshot() }) },
  {
    method: 'GET',
    path: '/api/ledger',
    run: ({ query }) => ({ json: filter(stage.ledgerSince(Number(query.get('since') ?? 0)), query) }),
  },
  {
    method: 'GET',
    path: '/api/ledger/:seq',
    run: (call) => {
      const entry = stage.system.ledger.at(Number(param(call, 'seq')))
      if (!entry) throw new ControlError(404, `There is no ledger entry ${param(call, 'seq')}`)
      return { json: ledgerView(stage.masker, entry) }
    },
  },
  { method: 'GET', path: '/api/causes', run: () => ({ json: stage.causes.all() }) },
  {
    method: 'GET',
    path: '/api/files',
    run: ({ query }) => readFileAt(stage.system, query.get('url') ?? ''),
  },
  {
    method: 'GET',
    path: '/api/session',
    run: async () => ({
      bytes: Buffer.from(JSON.stringify(await recordSession(stage))),
      headers: {
        'content-type': 'application/json',
        'content-disposition': 'attachment; filename="sandbox-session.json"',
      },
    }),
  },
]

const filter = (entries: LedgerView[], query: URLSearchParams): LedgerView[] => {
  const [side, kind, name, cause] = ['side', 'kind', 'name', 'cause'].map((field) => query.get(field))
  return entries.filter(
    (entry) =>
      (!side || entry.side === side) &&
      (!kind || entry.kind === kind) &&
      (!name || entry.name === name) &&
      (!cause || entry.cause === Number(cause)),
  )
}
