import { z } from '@botpress/sdk'
import { pages } from './console-pages'

const agentAccess = z
  .object({
    accountId: z
      .string()
      .optional()
      .title('Account ID')
      .placeholder('00000000-0000-0000-0000-000000000000')
      .describe('The Account ID that the Developer Console shows with the token.'),
    personalAccessToken: z
      .string()
      .secret()
      .optional()
      .title('Personal Access Token')
      .describe(`An administrator’s token: ${pages.tokens}.`),
  })
  .optional()
  .title('Agent access')
  .describe(
    'Optional. Lets the integration create its own Chat Webhooks, show agents’ names and pictures from their profiles, set and read tags, and tell when a group opens. Everything else works without it.',
  )

const texts = z
  .object({
    waitingAgain: z
      .string()
      .optional()
      .title('Passed back to a queue')
      .describe('Said when an agent has passed the chat back to a queue'),
    correction: z
      .string()
      .optional()
      .title('Before a correction')
      .describe('Said before a message that an agent has edited'),
    messageDeleted: z.string().optional().title('Message deleted').describe('Said when an agent has deleted a message'),
    notDelivered: z
      .string()
      .optional()
      .title('Message not delivered')
      .describe('Said when a message has not reached the agent'),
    maybeNotDelivered: z
      .string()
      .optional()
      .title('Message perhaps not delivered')
      .describe('Said when it is not certain that a message has reached the agent'),
    namelessAgent: z
      .string()
      .optional()
      .title('Agent without a name')
      .describe('Shown in place of an agent’s name while LiveChat does not tell the name'),
    chatClosed: z
      .string()
      .optional()
      .title('Message after the end')
      .describe('Said when a message comes after the chat was closed'),
  })
  .passthrough()
  .optional()
  .title('Texts')
  .describe(
    'Replaces the integration’s own messages to end users, in every language. Leave a text empty to say nothing.',
  )

/**
 * The form. The fields that every bot needs come first. Fields that it does not know are accepted, because an older
 * version, or the older public integration of the same name, may have left them.
 */
export const configuration = {
  schema: z
    .object({
      clientId: z
        .string()
        .min(1)
        .title('Client ID')
        .placeholder('00000000000000000000000000000000')
        .describe(`Client ID of your LiveChat app: ${pages.authorization}.`),
      organizationId: z
        .string()
        .min(1)
        .title('Organization ID')
        .placeholder('00000000-0000-0000-0000-000000000000')
        .describe(`Your LiveChat organization: ${pages.account}.`),
      webhookSecret: z
        .string()
        .min(1)
        .secret()
        .title('Webhook secret')
        .describe(
          `The secret key of the Chat Webhooks of your LiveChat app: ${pages.webhooks}. All of them use the same key. With agent access, type a long random text of your choice.`,
        ),
      groupId: z
        .number()
        .int()
        .min(0)
        .optional()
        .title('Group ID')
        .placeholder('3')
        .describe(
          `LiveChat group that receives the chats. Leave it empty to let LiveChat choose. 0 is the default group. The number is in the address of the group’s page: ${pages.groups}.`,
        ),
      whenOffline: z
        .enum(['queue', 'fail'])
        .default('queue')
        .title('When nobody is online')
        .describe(
          'queue: the chat waits in LiveChat until an agent is available. fail: starting the session fails and the bot goes on.',
        ),
      agentAccess,
      allowBots: z
        .boolean()
        .default(false)
        .title('Let LiveChat bots answer')
        .describe(
          'Lets bots on your LiveChat license take these chats. End users are told that an agent has joined, just as for a human.',
        ),
      announceChanges: z
        .boolean()
        .default(true)
        .title('Announce edited and deleted messages')
        .describe(
          'When an agent edits a message that the end user has already seen, the new version is sent, marked as a correction. When an agent deletes one, the end user is told that a message was removed. Needs the Chat Webhooks event_updated and event_deleted.',
        ),
      mergeByEmail: z
        .boolean()
        .default(false)
        .title('Merge customers with the same e-mail')
        .describe(
          'Treats end users with the same e-mail address as one LiveChat customer with one history. Anyone can type an address: switch this on only if your bot verifies addresses.',
        ),
      texts,
      previousWebhookSecret: z
        .string()
        .min(1)
        .secret()
        .optional()
        .title('Previous webhook secret')
        .describe('Fill in only while you change the secret: the old one. Webhooks with either are then accepted.'),
    })
    .passthrough(),
} as const
