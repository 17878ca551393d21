import { z } from '@botpress/sdk'

/** The details that a bot may give about a session when it starts one. */
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
  language: z
    .string()
    .max(20)
    .optional()
    .title('Language')
    .describe(
      'Language of the end user, such as "de": for the few words that the integration itself says, and shown to the agent.',
    ),
  phone: z
    .string()
    .max(50)
    .optional()
    .title('Phone number')
    .describe('Phone number of the end user, which the agent sees on the customer card.'),
  tags: z
    .array(z.string())
    .optional()
    .title('Tags')
    .describe(
      'Tags of your LiveChat license, written as there, up to 20: set on the chat with agent access. The first message to the agent names them in any case.',
    ),
  customFields: z
    .record(z.string())
    .optional()
    .title('Details for the agent')
    .describe(
      'Pairs of name and value, such as an order number. All are in the first message to the agent; the customer card has the first 90, with names up to 100 and values up to 500 characters.',
    ),
})

export const entities = {
  hitlSession: {
    title: 'LiveChat session',
    description: 'How one session is routed in LiveChat and what the agent is told besides the conversation',
    schema: hitlSession,
  },
} as const
