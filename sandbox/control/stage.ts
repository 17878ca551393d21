import type { LedgerEntry } from '../ledger'
import { webhookSecret, type System } from '../start-sandbox'
import { Causes } from './causes'
import { entryRow, ledgerView } from './entries'
import { kettleBot } from './kettle-bot'
import type { LiveSource } from './live'
import { Masker } from './mask'
import { People, type NewPerson } from './people'
import { takeSnapshot } from './snapshot'
import { emptyStartCard, type StartCard } from './start-card'
import type { EntryRow, LedgerView, Snapshot } from './views'

/** One run of the sandbox, and what clients have done in it. A reset makes a new one. */
export type Stage = {
  system: System
  people: People
  causes: Causes
  masker: Masker
  /** What the bot's start card is filled in with. It can be changed. */
  startCard: StartCard
  /** Number of the ledger entry after which a new client starts. */
  startMark: number
  snapshot: () => Snapshot
  ledgerSince: (seq: number) => LedgerView[]
  rowOf: (entry: LedgerEntry) => EntryRow
  live: LiveSource
}

export const createStage = (system: System, newcomers: NewPerson[]): Stage => {
  const { ledger, installation, botpress, configuration } = system
  const masker = new Masker([webhookSecret, configuration.webhookSecret, botpress.token])
  for (const entry of ledger.all()) learn(masker, entry)
  const causes = new Causes(
    () => system.clock.nowMs(),
    (title) => String(masker.value(title)),
  )
  const people = new People(system)
  // Whoever opens the page does not need to see the installation, which begins with a refused registration.
  const [startMark, logOffset] = [ledger.mark(), installation.logs().length]
  const snapshot = (): Snapshot => takeSnapshot(system, people, logOffset)
  // Entries never change. Only whom they concern may become known later.
  const rows = new WeakMap<LedgerEntry, EntryRow>()
  const rowOf = (entry: LedgerEntry): EntryRow => {
    const known = rows.get(entry)
    if (known?.personId !== undefined) return known
    const row = entryRow(masker, entry, causes.get(entry.cause)?.personId ?? people.namedIn(entry))
    rows.set(entry, row)
    return row
  }
  const stage: Stage = {
    system,
    people,
    causes,
    masker,
    startCard: { ...emptyStartCard },
    startMark,
    snapshot,
    ledgerSince: (seq) => ledger.since(seq).map((entry) => ledgerView(masker, entry)),
    rowOf,
    live: {
      snapshot,
      causes: () => causes.all(),
      rows: (count) => ledger.since(Math.max(startMark, ledger.mark() - count)).map(rowOf),
    },
  }
  botpress.setBot(kettleBot(() => stage.startCard))
  for (const person of newcomers) people.add(person)
  return stage
}

/** Before anything else sees an entry: secrets in it are masked wherever they appear. */
export const learn = (masker: Masker, { exchange }: LedgerEntry): void => {
  masker.learn(exchange?.request)
  masker.learn(exchange?.response)
}
