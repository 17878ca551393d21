import { z } from 'zod'

/** What the bot fills in on the plugin's start card. Without a title or a description, it writes its own. */
export const startCard = z
  .object({
    title: z.string().optional(),
    description: z.string().optional(),
    /** Whether "User Email" is filled in. */
    givesEmail: z.boolean().default(true),
    hitlSession: z.record(z.unknown()).default({}),
  })
  .strict()

export type StartCard = z.infer<typeof startCard>

export const emptyStartCard: StartCard = { givesEmail: true, hitlSession: {} }
