import { z } from '@botpress/sdk'

const anyKind = [z.string(), z.number(), z.boolean(), z.null(), z.array(z.unknown()), z.record(z.unknown())] as const

/** Describes what a field is for, and accepts any other kind of value beside it. */
const orAnything = <T extends z.ZodTypeAny>(expected: T) => z.union([expected, ...anyKind]).optional()

/**
 * The details that a bot may give when it starts a session. The Studio leaves `null` or an empty text in a field that
 * nobody fills in, also inside lists and maps, and a variable may hold a value of another kind. A schema that refuses
 * these would refuse the session. `content/to-agent/session-details.ts` decides what can be used.
 */
const hitlSession = z
  .object({
    groupId: orAnything(z.number())
      .title('LiveChat group')
      .describe(
        'Id of the LiveChat group that takes this session; replaces the group of the configuration. 0 is the default group.',
      ),
    language: orAnything(z.string())
      .title('Language')
      .describe(
        'Language of the end user, such as "de": for the few words that the integration itself says, and shown to the agent.',
      ),
    phone: orAnything(z.string())
      .title('Phone number')
      .describe('Phone number of the end user, which the agent sees on the customer card.'),
    tags: orAnything(z.array(z.unknown()))
      .title('Tags')
      .describe(
        'Tags of your LiveChat license, written as there, up to 20: set on the chat with agent access. The first message to the agent names them in any case.',
      ),
    customFields: orAnything(z.record(z.unknown()))
      .title('Details for the agent')
      .describe(
        'Pairs of name and value, such as an order number. All are in the first message to the agent; the customer card has the first 90, with names up to 100 and values up to 500 characters.',
      ),
    customFieldsText: orAnything(z.string())
      .title('Details for the agent, as text')
      .describe(
        'The same as one text: each line is a name, a colon and a value, such as "Order: 4711". Both may be given.',
      ),
  })
  .passthrough()

export const entities = {
  hitlSession: {
    title: 'LiveChat session',
    description: 'How one session is routed in LiveChat and what the agent is told besides the conversation',
    schema: hitlSession,
  },
} as const
