import { z } from 'zod'
import type { Fault, FaultEffect } from '../faults'

const when = z.enum(['before', 'after']).default('before')

const effect = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('status'),
    status: z.number().int().min(100).max(599),
    body: z.unknown().optional(),
    headers: z.record(z.string()).default({}),
    when,
  }),
  z.object({ kind: z.literal('delay'), delayMs: z.number().min(0).max(600_000), when }),
  z.object({ kind: z.literal('hang'), when }),
  z.object({ kind: z.literal('reset'), when }),
  z.object({ kind: z.literal('junk'), body: z.string(), when }),
])

/** A fault as JSON. `pattern` is a regular expression over routes, in place of one `route`. */
export const faultInput = z
  .object({
    side: z.enum(['livechat', 'botpress']),
    route: z.string().optional(),
    pattern: z.string().refine(isPattern, 'is no regular expression').optional(),
    skip: z.number().int().min(0).default(0),
    /** `null` for always. */
    times: z.number().int().min(1).nullable().default(1),
    chance: z.number().min(0).max(1).default(1),
    effect,
  })
  .refine(({ route, pattern }) => (route === undefined) !== (pattern === undefined), 'needs either route or pattern')

export const toFault = (input: z.infer<typeof faultInput>): Fault => ({
  route: input.route ?? new RegExp(input.pattern ?? ''),
  skip: input.skip,
  times: input.times ?? Infinity,
  chance: input.chance,
  effect: input.effect satisfies FaultEffect,
})

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp
  } catch {
    return false
  }
}
