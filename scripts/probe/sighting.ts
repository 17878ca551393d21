import type { BeliefId, KnobValue } from './catalogue'

/** What LiveChat did. `value` is the knob's value that means the same; absent if no value of the knob does. */
export type Seen = { seen: string; control: string; value?: KnobValue }
/** Why the probe does not know. */
export type NotSeen = { notSeen: string }
export type Sighting = Seen | NotSeen

export type Sightings = Map<BeliefId, Sighting>
export type Tell = (belief: BeliefId, sighting: Sighting) => void

/** Throw it to end an act whose further beliefs cannot be seen. The message is for the owner. */
export class CannotSee extends Error {
  public override readonly name = 'CannotSee'
}

/** The owner stopped the probe. */
export class Stopped extends Error {
  public override readonly name = 'Stopped'
}
