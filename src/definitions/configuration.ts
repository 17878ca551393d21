import { z } from '@botpress/sdk'

export const configuration = {
  schema: z.object({
    clientId: z
      .string()
      .min(1)
      .title('Client ID')
      .describe(
        'Client ID of your LiveChat app: Developer Console > Apps > your app > Building blocks > App Authorization.',
      ),
    organizationId: z
      .string()
      .min(1)
      .title('Organization ID')
      .describe('Your LiveChat organization: Developer Console > Settings > Account.'),
    webhookSecret: z
      .string()
      .min(1)
      .secret()
      .title('Webhook secret')
      .describe('The secret key of the Chat Webhooks of your LiveChat app. All of them use the same one.'),
    previousWebhookSecret: z
      .string()
      .min(1)
      .secret()
      .optional()
      .title('Previous webhook secret')
      .describe('Only while you change the secret: the old one, so that webhooks signed with either are accepted.'),
    groupId: z
      .number()
      .int()
      .min(0)
      .optional()
      .title('Group ID')
      .describe('LiveChat group that receives the chats. Leave empty to let LiveChat choose; 0 is the default group.'),
    whenOffline: z
      .enum(['queue', 'fail'])
      .default('queue')
      .title('When nobody is online')
      .describe(
        'queue: the chat waits in LiveChat until an agent comes. fail: starting the session fails and the bot goes on.',
      ),
    mergeByEmail: z
      .boolean()
      .default(true)
      .title('Merge customers with the same e-mail')
      .describe(
        'Treats end users with the same e-mail address as one LiveChat customer. Addresses given in a chat are not verified: switch off if strangers must not share a history.',
      ),
    announceEdits: z
      .boolean()
      .default(true)
      .title('Announce edited messages')
      .describe(
        'When an agent edits a message that the end user has already seen, the new version is sent, marked as a correction. Needs the Chat Webhook event_updated.',
      ),
    announceDeletions: z
      .boolean()
      .default(true)
      .title('Announce deleted messages')
      .describe(
        'When an agent deletes a message that the end user has already seen, they are told that a message was removed. Needs the Chat Webhook event_deleted.',
      ),
    relayGreetings: z
      .boolean()
      .default(true)
      .title('Relay automatic greetings')
      .describe('Passes on LiveChat’s automatic greetings, under the agent’s name.'),
    timeline: z
      .boolean()
      .default(false)
      .title('Timeline events')
      .describe('Emits an event for each step of a session, for dashboards. Each costs one Botpress event.'),
    relayQueue: z
      .boolean()
      .default(false)
      .title('Tell end users their place in the queue')
      .describe(
        'Also sends the place in the queue to the end user as a message. Before an agent has answered, the HITL plugin then announces its sender, named LiveChat, as if it were the agent.',
      ),
    queueEventsEverySeconds: z
      .number()
      .min(0)
      .default(60)
      .title('Minimum seconds between queue events')
      .describe('At most one event about the place in the queue in this time.'),
    resumeWithinMinutes: z
      .number()
      .min(0)
      .default(0)
      .title('Return to the same group within (minutes)')
      .describe(
        'A session that starts this soon after one that LiveChat closed for inactivity goes to the same group. 0: off.',
      ),
    agentAccess: z
      .object({
        accountId: z
          .string()
          .optional()
          .title('Account ID')
          .describe('The Account ID that the Developer Console shows with the token.'),
        personalAccessToken: z
          .string()
          .secret()
          .optional()
          .title('Personal Access Token')
          .describe(
            'A token of an administrator: Developer Console > Settings > Authorization > Personal Access Tokens.',
          ),
      })
      .optional()
      .title('Agent access')
      .describe(
        'Optional. Lets the integration create its own Chat Webhooks, show agents as in their profiles, and set and read tags. Everything else works without it.',
      ),
    texts: z
      .object({
        waitingAgain: z
          .string()
          .optional()
          .title('Passed back to a queue')
          .describe('Said when an agent has passed the chat back to a queue'),
        queuePlace: z
          .string()
          .optional()
          .title('Place in the queue')
          .describe('Said with the place in the queue, written as {position}'),
        correction: z
          .string()
          .optional()
          .title('Before a correction')
          .describe('Said before a message that an agent has edited'),
        messageDeleted: z
          .string()
          .optional()
          .title('Message deleted')
          .describe('Said when an agent has deleted a message'),
      })
      .optional()
      .title('Texts')
      .describe(
        'Replaces what the integration itself says to end users, in every language. Leave a text empty to say nothing.',
      ),
    allowBots: z
      .boolean()
      .default(false)
      .title('Let LiveChat bots answer')
      .describe(
        'Allows bots on your LiveChat license to take these chats. Their first message is announced like that of a human agent.',
      ),
  }),
} as const
