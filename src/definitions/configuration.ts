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
      .describe(
        'The secret key that you entered for the Chat Webhooks of your LiveChat app. All of them use the same one.',
      ),
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
      .title('One person per e-mail address')
      .describe(
        'Treats end users with the same e-mail address as one LiveChat customer. Addresses given in a chat are not verified: switch off if strangers must not share a history.',
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
