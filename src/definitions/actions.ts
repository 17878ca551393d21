import { z } from '@botpress/sdk'
import { orAnything } from './entities'

const status = z.enum(['online', 'online_for_queue', 'offline'])

export const actions = {
  checkAvailability: {
    title: 'Check availability',
    description: 'Asks LiveChat whether an agent can take a conversation now',
    input: {
      schema: z.object({
        groupId: orAnything(z.number())
          .title('Group ID')
          .describe('LiveChat group to ask about. If it is empty: the group in the settings, or else all groups'),
      }),
    },
    output: {
      schema: z.object({
        status: status
          .title('Status')
          .describe(
            'online: an agent is free. online_for_queue: all agents are busy, so the chat would wait. offline: nobody is there',
          ),
        canStart: z
          .boolean()
          .title('Can start')
          .describe('Whether a session can start now. It depends on the setting “When nobody is online”, too'),
        groups: z
          .array(z.object({ groupId: z.number().title('Group ID'), status: status.title('Status') }))
          .title('Groups')
          .describe('The status of each group that was asked about'),
        nextOpening: z
          .object({
            at: z.string().title('Time').describe('ISO 8601 time in UTC'),
            local: z
              .string()
              .title('Local time')
              .describe('The same time in the agents’ time zone, such as 2026-01-31T09:00'),
            timeZone: z.string().title('Time zone').describe('Such as Europe/Warsaw'),
          })
          .optional()
          .title('Next opening')
          .describe(
            'If nobody is there: when the next agent starts work, according to the working hours in LiveChat. Needs agent access. Absent if not all hours are known',
          ),
      }),
    },
  },
  rateSession: {
    title: 'Rate session',
    description: 'Writes the end user’s rating of a session into LiveChat, where managers find it in their reports',
    input: {
      schema: z.object({
        hitlConversationId: z
          .string()
          .min(1)
          .title('Session')
          .describe('The field hitlConversationId of the event “Session ended, with details”'),
        score: z.enum(['good', 'bad']).title('Score').describe('LiveChat knows two ratings: good and bad'),
        comment: orAnything(z.string()).title('Comment').describe('The end user’s comment'),
      }),
    },
    output: { schema: z.object({}) },
  },
  diagnose: {
    title: 'Diagnose',
    description: 'Checks the configuration with LiveChat and says what is wrong and where to fix it',
    input: { schema: z.object({}) },
    output: {
      schema: z.object({
        ok: z.boolean().title('OK').describe('Whether the checks found no problem. Warnings do not count'),
        checks: z
          .array(
            z.object({
              id: z.string().title('ID').describe('Name of the check'),
              title: z.string().title('Title').describe('What was checked'),
              status: z.enum(['ok', 'warning', 'problem']).title('Status').describe('What came out of it'),
              seen: z.string().title('Seen').describe('What was found'),
              fix: z.string().optional().title('Fix').describe('What to do about it'),
            }),
          )
          .title('Checks')
          .describe('Each check: what was checked, what was found, and what to do'),
      }),
    },
  },
} as const
