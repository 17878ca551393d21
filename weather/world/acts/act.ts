import type { Step } from '../../plan/plan'
import { actAsAgent } from './as-agent'
import { actAsPerson } from './as-person'
import { actOnLicense } from './on-license'
import type { World } from '../world'

/** Lets one step happen, if it makes sense now: nobody can write into a chat that does not exist. */
export const act = (world: World, step: Step): void => {
  if (!isDone(world, step)) world.history.add('skipped', step.who, step.does)
}

const isDone = (world: World, step: Step): boolean => {
  switch (step.who) {
    case 'license':
      return actOnLicense(world, step)
    case 'person':
      return actAsPerson(world, step)
    case 'stranger':
      return world.strangers.act(step.stranger, step.does)
    case 'agent':
      return isAllowed(() => actAsAgent(world, step))
  }
}

/** LiveChat's app refuses some things now, for example the words of a supervisor. */
const isAllowed = (run: () => boolean): boolean => {
  try {
    return run()
  } catch (error) {
    if (error instanceof Error && error.name === 'ApiError') return false
    throw error
  }
}
