import type { KnobSettings } from '../../sandbox/knob-settings'
import type { Mishap, Outage, Rates, Squall } from './rates'

/**
 * What one end user does, what an agent does in the chat of one end user, what happens to the license, or what happens in
 * a chat that has nothing to do with the bots.
 */
export type Step = { atMs: number } & (
  | { who: 'person'; person: number; does: PersonDeed }
  | { who: 'agent'; person: number; agent: number; does: AgentDeed }
  | { who: 'license'; agent: number; does: LicenseDeed }
  | { who: 'stranger'; stranger: number; does: StrangerDeed }
)
/**
 * `answer`: picks a choice that an agent has offered. `typeNumber`: writes the number of a choice, and nothing else.
 * `otherSays`: somebody else in the same channel writes. `botSays`: the bot's own code writes into the session. `rate`:
 * the bot's flow passes on a rating. `isForgotten`: LiveChat no longer knows the customer's cookie.
 */
export type PersonDeed =
  | 'say'
  | 'sayMuch'
  | 'ask'
  | 'end'
  | 'botStops'
  | 'sendFile'
  | 'sendBloc'
  | 'answer'
  | 'typeNumber'
  | 'otherSays'
  | 'botSays'
  | 'rate'
  | 'isForgotten'
/**
 * `offer`: sends choices. `join`: comes in as a helper. `transfer`: to the next agent. `passOn`: gives the chat to the
 * group, where it may wait.
 */
export type AgentDeed =
  | ('say' | 'note' | 'edit' | 'editNote' | 'delete' | 'sendFile' | 'noteFile' | 'offer')
  | ('transfer' | 'passOn' | 'join' | 'leave' | 'close' | 'reopen' | 'sayFromOutside' | 'supervise' | 'ban')
/** `replaceProcesses`: the platform ends idle processes, and starts new ones in their place. */
export type LicenseDeed =
  | ('expireTokens' | 'agentLeaves' | 'agentReturns' | 'rotateSecret' | 'upgrade' | 'askAvailability')
  | 'replaceProcesses'
/** `forge`: somebody who does not know the secret sends a webhook of their own about a bot's chat. */
export type StrangerDeed = 'start' | 'say' | 'hear' | 'forge' | 'close'

/** `bot`: which of the bots they talk to; the first one if there is none. */
export type Person = { name: string; email?: string; channel: 'webchat' | 'whatsapp' | 'telegram'; bot?: number }

/** Everything that decides a world, besides the code. It is plain data, so that a failing one can be kept as a file. */
export type Plan = {
  seed: number
  people: Person[]
  steps: Step[]
  /** One process for each entry: by how much its clock is ahead. */
  clocksAheadMs: number[]
  freezes: boolean
  /** Which Chat Webhooks the license has, if they are made by hand. */
  webhooks: 'three' | 'all'
  /** How many bots of the license the processes serve. Each has an app, a secret and webhooks of its own. Default 1. */
  bots?: number
  /** Whether the first bot has a Personal Access Token: it then makes its webhooks itself. */
  hasAgentAccess?: boolean
  /** How many agents the license has. Default 2. */
  agents?: number
  /** Whether the bots' chats go to a group of their own. */
  usesGroup?: boolean
  /** If given, the platform hands over each action of this name twice, and the first success counts. */
  repeats?: { action: 'startHitl' | 'stopHitl'; afterMs: number }
  /** If given, each cache of a process keeps only about as many entries. */
  cacheEntries?: number
  /** Whether end users with one address are one LiveChat customer. */
  mergesByEmail: boolean
  rates: Rates
  outages: Outage[]
  /** Most come in the middle of something. */
  squalls?: Squall[]
  /** From then on nothing goes wrong, and nobody plans anything. */
  calmAtMs: number
  knobs: KnobSettings
  /** If given, exactly these mishaps happen. Otherwise they are drawn by the rates. */
  mishaps?: Mishap[]
  /** Happens besides all others. */
  extraMishap?: Mishap
}
