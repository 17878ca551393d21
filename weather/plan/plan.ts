import type { KnobSettings } from '../../sandbox/knob-settings'
import type { Mishap, Outage, Rates } from './rates'

/** What one end user does, what an agent does in the chat of one end user, or what happens to the license. */
export type Step = { atMs: number } & (
  | { who: 'person'; person: number; does: PersonDeed }
  | { who: 'agent'; person: number; agent: number; does: AgentDeed }
  | { who: 'license'; agent: number; does: LicenseDeed }
)
export type PersonDeed = 'say' | 'ask' | 'end' | 'botStops'
export type AgentDeed =
  'say' | 'note' | 'edit' | 'delete' | 'transfer' | 'close' | 'reopen' | 'sayFromOutside' | 'supervise'
export type LicenseDeed = 'expireTokens' | 'agentLeaves' | 'agentReturns' | 'rotateSecret' | 'upgrade'

export type Person = { name: string; email?: string; channel: 'webchat' | 'whatsapp' | 'telegram' }

/** Everything that decides a world, besides the code. It is plain data, so that a failing one can be kept as a file. */
export type Plan = {
  seed: number
  people: Person[]
  steps: Step[]
  /** One process for each entry: by how much its clock is ahead. */
  clocksAheadMs: number[]
  freezes: boolean
  /** Which Chat Webhooks the license has. */
  webhooks: 'three' | 'all'
  /** Whether end users with one address are one LiveChat customer. */
  mergesByEmail: boolean
  rates: Rates
  outages: Outage[]
  /** From then on nothing goes wrong, and nobody plans anything. */
  calmAtMs: number
  knobs: KnobSettings
  /** If given, exactly these mishaps happen. Otherwise they are drawn by the rates. */
  mishaps?: Mishap[]
}
