import { z } from 'zod'

const form = z.object({
  required: z.array(z.string()).default([]),
  properties: z
    .record(
      z.object({
        description: z.string().optional(),
        title: z.string().optional(),
        'x-zui': z.object({ title: z.string().optional() }).optional(),
      }),
    )
    .default({}),
})

/** The first field that must be filled in and is not: its name as the form shows it, and what belongs there. */
export const explainEmptyField = (schema: unknown, values: Record<string, unknown>): string | undefined => {
  const read = form.safeParse(schema)
  if (!read.success) return undefined
  const { required, properties } = read.data
  const name = required.find((each) => values[each] === undefined || values[each] === null || values[each] === '')
  if (name === undefined) return undefined
  const { title, description, 'x-zui': zui } = properties[name] ?? {}
  const sentence = `"${zui?.title ?? title ?? name}" is empty. Fill it in, then save again.`
  return description === undefined ? sentence : `${sentence} What belongs there: ${description}`
}
