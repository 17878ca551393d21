import type { SandboxClock } from '../clock'
import type { Faults } from '../faults'
import type { Ledger } from '../ledger'
import type { DefinitionJson } from './definition'
import type { Ids } from './ids'
import type { Instance } from './instance'
import type { IssueView } from './objects'
import type { BotpressKnobs } from './knobs'
import type { Schedule } from './schedule'
import type { Lanes, Work } from './work'

export type PublicFile = { name: string; contentType: string; bytes: Buffer }

/** What all parts of the emulator share. */
export type World = {
  clock: SandboxClock
  ledger: Ledger
  faults: Faults
  random: () => number
  ids: Ids
  knobs: BotpressKnobs
  definition: DefinitionJson
  token: string
  work: Work
  /** Messages and events on their way to the plugin and the bot, by conversation. */
  inbox: Lanes
  /** Messages of the bot on their way to the integration, by conversation. */
  outbox: Lanes
  schedule: Schedule
  /** By webhook id. */
  instances: Map<string, Instance>
  /** Files that end users sent, by path on the file host. */
  publicFiles: Map<string, PublicFile>
  /** What integrations have raised for the bot's owner, by group. */
  issues: Map<string, IssueView>
}

/** Records something that truly changed. */
export const effect = (world: World, name: string, detail: Record<string, unknown>): void => {
  world.ledger.record({ side: 'botpress', kind: 'effect', name, detail })
}

/** The fields that every stored object begins with. */
export const stamp = (
  world: World,
  prefix: string,
): { id: string; seq: number; createdAtMs: number; updatedAtMs: number } => {
  const nowMs = world.clock.nowMs()
  return { id: world.ids.next(prefix), seq: world.ids.seq(), createdAtMs: nowMs, updatedAtMs: nowMs }
}
