import { z } from 'zod'
import { ControlError } from './errors'

const changes = z.record(z.union([z.string(), z.number(), z.boolean()])).default({})

export const knobsChange = z.object({ livechat: changes, botpress: changes }).strict()

/** Changes knobs in place, all or none. A knob keeps its type. */
export const changeKnobs = (knobs: object, change: Record<string, string | number | boolean>): void => {
  for (const [name, value] of Object.entries(change)) {
    const present: unknown = Object.getOwnPropertyDescriptor(knobs, name)?.value
    if (!Object.hasOwn(knobs, name)) throw new ControlError(400, `There is no knob ${name}`)
    if (present !== undefined && typeof present !== typeof value) {
      throw new ControlError(400, `The knob ${name} is a ${typeof present}`)
    }
  }
  Object.assign(knobs, change)
}
