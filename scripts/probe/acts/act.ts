import type { BeliefId } from '../catalogue'
import type { Tell } from '../sighting'
import type { Stage } from '../stage'

/** A short scene. It opens what it needs and closes it again, and tells what it saw of its beliefs. */
export type Act = {
  title: string
  beliefs: readonly BeliefId[]
  play: (stage: Stage, tell: Tell) => Promise<void>
}
