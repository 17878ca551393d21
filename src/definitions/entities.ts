import { z } from '@botpress/sdk'

const anyKind = [z.string(), z.number(), z.boolean(), z.null(), z.array(z.unknown()), z.record(z.unknown())] as const

/**
 * Describes the expected value of a field, but also accepts any other kind, since the Studio leaves `null` or an empty
 * text in a field that nobody fills in.
 */
export const orAnything = <T extends z.ZodTypeAny>(expected: T) => z.union([expected, ...anyKind]).optional()

/**
 * The details that a bot may give when it starts a session. A field that nobody fills in holds `null` or an empty text,
 * even inside lists and maps, and a variable may hold another kind of value. If the schema refused these, it would
 * refuse the session. `content/to-agent/briefing/session-details.ts` decides what can be used.
 */
const hitlSession = z
  .object({
    groupId: orAnything(z.number())
      .title('LiveChat group')
      .describe(
        'ID of the LiveChat group that takes this session. It replaces the group in the settings. 0 is the default group.',
      ),
    language: orAnything(z.string())
      .title('Language')
      .describe('The end user’s language, such as "de". The integration’s own messages use it, and the agent sees it.'),
    phone: orAnything(z.string())
      .title('Phone number')
      .describe('The end user’s phone number. The agent sees it on the customer card.'),
    tags: orAnything(z.array(z.unknown()))
      .title('Tags')
      .describe(
        'Up to 20 tags that exist in LiveChat, spelled the same way. With agent access they are set on the chat. The first message to the agent lists them in any case.',
      ),
    customFields: orAnything(z.record(z.unknown()))
      .title('Details for the agent')
      .describe(
        'Pairs of name and value, such as an order number. The first message to the agent shows all of them. The customer card shows the first 90, with names up to 100 and values up to 500 characters.',
      ),
    customFieldsText: orAnything(z.string())
      .title('Details for the agent, as text')
      .describe(
        'The same as one text, with a name, a colon and a value on each line, such as "Order: 4711". You may fill in both fields.',
      ),
  })
  .passthrough()

export const entities = {
  hitlSession: {
    title: 'LiveChat session',
    description: 'Where a session goes in LiveChat, and what the agent should know besides the conversation',
    schema: hitlSession,
  },
} as const
