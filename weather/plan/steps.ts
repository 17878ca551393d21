import type { AgentDeed, LicenseDeed, PersonDeed, Step } from './plan'

type Act<Deed> = (atMs: number, ...does: Deed[]) => Step[]
/** What an end user does at one moment. */
export const person =
  (number: number): Act<PersonDeed> =>
  (atMs, ...does) =>
    does.map((each) => ({ atMs, who: 'person', person: number, does: each }))
/** What an agent does in the chat of an end user. */
export const agent =
  (number: number, of: number): Act<AgentDeed> =>
  (atMs, ...does) =>
    does.map((each) => ({ atMs, who: 'agent', agent: number, person: of, does: each }))
export const license: Act<LicenseDeed> = (atMs, ...does) =>
  does.map((each) => ({ atMs, who: 'license', agent: 0, does: each }))
