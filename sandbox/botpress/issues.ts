import { z } from 'zod'
import { effect, type World } from './world'

/** As the SDK writes it to the standard output of the integration's process. */
const issueLine = z
  .object({
    type: z.literal('issue'),
    code: z.string().min(1),
    category: z.enum(['user_code', 'limits', 'configuration', 'other']),
    title: z.string().min(1),
    description: z.string().min(1),
    data: z.record(z.object({ raw: z.string(), pretty: z.string().optional() }).strict()),
    groupBy: z.array(z.string()),
    traceId: z.string().optional(),
  })
  .strict()

/** Takes a line of an integration's log. A line that is no issue is none of our business. */
export const takeLogLine = (world: World, line: string): void => {
  const written = parse(line)
  if (written?.type !== 'issue') return
  const parsed = issueLine.safeParse(written)
  if (!parsed.success) {
    effect(world, 'issue_unreadable', { reason: parsed.error.issues.map(({ path }) => path.join('.')).join(', ') })
    return
  }
  const { code, category, title, description, groupBy } = parsed.data
  const data = Object.fromEntries(Object.entries(parsed.data.data).map(([name, { raw }]) => [name, raw]))
  const group = JSON.stringify([code, ...groupBy.map((name) => data[name])])
  const count = (world.issues.get(group)?.count ?? 0) + 1
  world.issues.set(group, { code, category, title, description, data, count })
  effect(world, 'issue_raised', { code, category, title, description, ...data })
}

const parse = (line: string): { type?: unknown } | undefined => {
  if (!line.startsWith('{')) return undefined
  try {
    return JSON.parse(line) as { type?: unknown }
  } catch {
    return undefined
  }
}
