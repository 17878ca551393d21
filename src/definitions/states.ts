import { z } from '@botpress/sdk'

/**
 * The data with which we act as a LiveChat customer. `secret` and `accessToken` are credentials: never put them into
 * tags or logs.
 */
const livechatCustomer = z.object({
  customerId: z.string().title('Customer').describe('ID of the LiveChat customer'),
  secret: z.string().title('Secret').describe('Cookie value that proves this identity; lasts two years'),
  accessToken: z.string().title('Access token').describe('Token for calls as this customer'),
  accessTokenExpiresAtMs: z.number().title('Expiry').describe('When the token expires, in milliseconds since 1970'),
  region: z
    .string()
    .optional()
    .title('Region')
    .describe('LiveChat data center of this customer, if LiveChat has asked for one'),
})

const appFields = {
  clientId: z.string().title('Client ID').describe('LiveChat app under which the customers exist'),
  organizationId: z.string().title('Organization ID').describe('LiveChat organization in which the customers exist'),
}

/** Which process tells the bot's flows of something. */
const claim = z.object({
  workerId: z.string().title('Process').describe('The process that made the claim'),
  atMs: z.number().title('Time').describe('When the process claimed this, in milliseconds since 1970'),
  subject: z.string().optional().title('Subject').describe('What the claim is about'),
})

export const states = {
  livechatCustomers: {
    type: 'user',
    schema: z.object({
      ...appFields,
      customers: z
        .array(livechatCustomer)
        .title('Customers')
        .describe('LiveChat customers of this user: one, and one more for each session that runs at the same time'),
    }),
  },
  sessionCustomer: {
    type: 'conversation',
    schema: z.object({
      ...appFields,
      customer: livechatCustomer.title('Customer').describe('The LiveChat customer of this session'),
    }),
  },
  probe: {
    type: 'integration',
    schema: z.object({
      ...appFields,
      customer: livechatCustomer.title('Customer').describe('The LiveChat customer with which settings are checked'),
    }),
  },
  startClaims: {
    type: 'user',
    schema: z.object({
      claims: z
        .array(
          z.object({
            key: z.string().title('Key').describe('Digest of what two equal starts have in common'),
            startId: z.string().title('Start').describe('ID of the start that has the claim'),
            atMs: z.number().title('Time').describe('When the start claimed this, in milliseconds since 1970'),
          }),
        )
        .title('Claims')
        .describe('Starts of the last seconds. Equal starts lead to one session'),
    }),
  },
  endClaim: { type: 'conversation', schema: claim },
  returnClaim: { type: 'conversation', schema: claim },
  // Two, so that a claim does not meet the one of the change shortly before.
  announceClaim: { type: 'conversation', schema: claim },
  announceClaim2: { type: 'conversation', schema: claim },
  registered: {
    type: 'integration',
    schema: z.object({
      fingerprint: z.string().title('Fingerprint').describe('Stands for the configuration that was last accepted'),
      atMs: z.number().title('Time').describe('When it was accepted, in milliseconds since 1970'),
    }),
  },
  webhooksAccepted: {
    type: 'integration',
    schema: z.object({
      atMsByAction: z
        .record(z.number())
        .title('Times')
        .describe('When a webhook of each action was last accepted, in milliseconds since 1970'),
    }),
  },
} as const
