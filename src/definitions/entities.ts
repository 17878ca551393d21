import { z } from '@botpress/sdk'

/** What a bot may say about one session when it starts it. */
const hitlSession = z.object({
  groupId: z
    .number()
    .int()
    .min(0)
    .optional()
    .title('LiveChat group')
    .describe(
      'Id of the LiveChat group that takes this session; replaces the group of the configuration. 0 is the default group.',
    ),
  customFields: z
    .record(z.string())
    .optional()
    .title('Details for the agent')
    .describe('Up to 90 pairs of name and value that the agent sees on the customer card, such as an order number.'),
})

export const entities = {
  hitlSession: {
    title: 'LiveChat session',
    description: 'How one session is routed in LiveChat and what the agent is told besides the conversation',
    schema: hitlSession,
  },
} as const
