import type { LedgerEntry } from '../ledger'
import type { Masker } from './mask'
import type { EntryRow, LedgerView } from './views'

/** An entry of the ledger with secrets masked. */
export const ledgerView = (masker: Masker, entry: LedgerEntry): LedgerView => {
  const { startedMs, endedMs, recordedMs, detail, exchange, ...rest } = entry
  return {
    ...rest,
    ...durationOf(entry),
    ...(detail ? { detail: masker.record(detail) } : {}),
    ...(exchange ? { exchange: exchangeView(masker, exchange) } : {}),
  }
}

type Exchange = NonNullable<LedgerView['exchange']>

const exchangeView = (masker: Masker, exchange: Exchange): Exchange => {
  const { request, response, url, requestHeaders, responseHeaders, ...rest } = exchange
  return {
    ...rest,
    ...(url === undefined ? {} : { url: masker.text(url) }),
    ...(requestHeaders ? { requestHeaders: masker.headers(requestHeaders) } : {}),
    ...(responseHeaders ? { responseHeaders: masker.headers(responseHeaders) } : {}),
    ...(request === undefined ? {} : { request: masker.text(request) }),
    ...(response === undefined ? {} : { response: masker.text(response) }),
  }
}

/** The line that stands for an entry until somebody opens it. */
export const entryRow = (masker: Masker, entry: LedgerEntry, personId: string | undefined): EntryRow => {
  const { seq, atMs, side, kind, name, status, startedMs = entry.recordedMs, cause } = entry
  const detail = masker.record(entry.detail ?? {})
  const { fault, attempt } = detail
  return {
    ...{ seq, atMs, side, kind, name },
    ...(status === undefined ? {} : { status }),
    ...(startedMs === undefined ? {} : { startedMs }),
    ...durationOf(entry),
    ...(cause === undefined ? {} : { cause }),
    ...(personId === undefined ? {} : { personId }),
    summary: summaryOf(detail),
    ...(typeof fault === 'string' ? { fault } : {}),
    ...(typeof attempt === 'number' && attempt > 1 ? { attempt } : {}),
  }
}

const durationOf = ({ startedMs, endedMs }: LedgerEntry): { durationMs?: number } =>
  startedMs === undefined || endedMs === undefined ? {} : { durationMs: endedMs - startedMs }

const HIDDEN = new Set(['botId', 'webhookId', 'fault', 'attempt'])
const MAX_FIELDS = 4
const MAX_FIELD_CHARACTERS = 80

const summaryOf = (detail: Record<string, unknown>): string =>
  Object.entries(detail)
    .filter(([name, value]) => !HIDDEN.has(name) && (typeof value === 'string' || typeof value === 'number'))
    .slice(0, MAX_FIELDS)
    .map(([name, value]) => `${name} ${String(value).slice(0, MAX_FIELD_CHARACTERS)}`)
    .join(' · ')
