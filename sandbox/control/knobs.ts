import { z } from 'zod'
import { ControlError } from './errors'

const changes = z.record(z.union([z.string(), z.number(), z.boolean()])).default({})

export const knobsChange = z.object({ livechat: changes, botpress: changes }).strict()

type Doubts = Record<string, readonly unknown[] | { noDoubt: string }>
type Value = string | number | boolean

/** Changes knobs in place, all or none. A knob keeps its type, unless its values are of several types. */
export const changeKnobs = (knobs: object, doubts: Doubts, change: Record<string, Value>): void => {
  for (const [name, value] of Object.entries(change)) {
    const present: unknown = Object.getOwnPropertyDescriptor(knobs, name)?.value
    if (!Object.hasOwn(knobs, name)) throw new ControlError(400, `There is no knob ${name}`)
    const others = doubts[name] ?? []
    const isMixed = !('noDoubt' in others) && (others.includes(value) || others.includes(present))
    if (present !== undefined && typeof present !== typeof value && !isMixed) {
      throw new ControlError(400, `The knob ${name} is a ${typeof present}`)
    }
  }
  Object.assign(knobs, change)
}

export type KnobChoice = { name: string; explains: string; value: unknown; others: unknown[]; note?: string }

/** The knobs of one side: the present value, the other values that are in doubt, or why there are none. */
export const knobChoices = (knobs: object, doubts: Doubts, texts: ReadonlyMap<string, string>): KnobChoice[] =>
  Object.entries(doubts).map(([name, known]) => {
    const value: unknown = Object.getOwnPropertyDescriptor(knobs, name)?.value
    const knob = { name, explains: texts.get(name) ?? '', value }
    return 'noDoubt' in known ? { ...knob, others: [], note: known.noDoubt } : { ...knob, others: [...known] }
  })
