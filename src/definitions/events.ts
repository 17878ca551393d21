import { z } from '@botpress/sdk'

/**
 * Our own events, for the bot's flows. While a session is active, the HITL plugin keeps the events of its conversation
 * from the flows. So none of our own events has a field `conversationId`, and we create them outside any conversation.
 */

const sessionFields = {
  hitlConversationId: z.string().title('Session').describe('ID of the Botpress conversation for this session'),
  livechatChatId: z.string().title('LiveChat chat').describe('ID of the chat in LiveChat'),
  livechatThreadId: z.string().title('LiveChat thread').describe('ID of the thread in LiveChat'),
  botpressUserId: z
    .string()
    .title('User')
    .describe('ID of the Botpress user for the end user, as createUser returned it'),
  at: z.string().title('Time').describe('When it happened, as an ISO 8601 time'),
}

const agentUserId = z.string().optional().title('Agent').describe('ID of the Botpress user for the agent')

const hitlSessionQueued = z.object({
  ...sessionFields,
  reason: z
    .enum(['noAgentYet', 'inQueue', 'transferred'])
    .title('Reason')
    .describe(
      'noAgentYet: no agent has the chat yet. inQueue: it waits in LiveChat’s queue. transferred: an agent passed it back.',
    ),
  position: z.number().optional().title('Place').describe('Place in the queue, beginning with 1, if LiveChat gives it'),
  waitTimeSeconds: z
    .number()
    .optional()
    .title('Waiting time')
    .describe('LiveChat’s estimate in seconds, if it gives one'),
})

const hitlSessionEnded = z.object({
  ...sessionFields,
  reason: z
    .enum(['agent', 'endUserOrBot', 'inactivity', 'routing', 'banned', 'failure'])
    .title('Reason')
    .describe(
      'Who or what closed the chat. routing: LiveChat found no agent. failure: the chat was found closed, and nothing says why.',
    ),
  agentUserId,
  startedAt: z.string().title('Start').describe('When the session began, as an ISO 8601 time'),
  wasAnswered: z
    .boolean()
    .optional()
    .title('Answered')
    .describe('Whether an agent wrote anything. Automatic greetings do not count'),
  waitSeconds: z.number().title('Waiting time').describe('Seconds until an agent had the session, or until its end'),
  firstAnswerSeconds: z
    .number()
    .optional()
    .title('Time to first answer')
    .describe('Seconds until an agent first wrote, if one did'),
  transfers: z.number().title('Transfers').describe('How often the session went to another agent'),
  groupId: z.number().optional().title('Group').describe('ID of the LiveChat group that had the chat'),
  messagesFromEndUser: z
    .number()
    .optional()
    .title('Messages from the end user')
    .describe('How many of their messages reached LiveChat'),
  messagesFromAgents: z
    .number()
    .optional()
    .title('Messages from agents')
    .describe('How many of their messages reached the end user'),
  undelivered: z
    .number()
    .optional()
    .title('Undelivered messages')
    .describe('How many messages, of the end user and of agents together, did not arrive or may not have arrived'),
  ratingScore: z.number().optional().title('Rating').describe('1 for good, 0 for bad, if it was rated in LiveChat'),
  ratingComment: z.string().optional().title('Comment').describe('Comment of the rating'),
  tags: z.array(z.string()).optional().title('Tags').describe('Tags of the chat at its end. Needs agent access'),
})

const hitlMessageUndelivered = z.object({
  ...sessionFields,
  isCertain: z
    .boolean()
    .title('Certain')
    .describe('true: the message has not reached LiveChat. false: it is not known whether it has'),
})

const hitlAgentReturned = z.object({
  ...sessionFields,
  agentUserId,
  firstWords: z.string().optional().title('First words').describe('What the agent wrote first, if it is a text'),
})

const hitlSessionRated = z.object({
  ...sessionFields,
  ratingScore: z.number().optional().title('Rating').describe('1 for good, 0 for bad'),
  ratingComment: z.string().optional().title('Comment').describe('Comment of the rating'),
})

export const events = {
  hitlSessionQueued: {
    title: 'Session waiting',
    description: 'The chat waits for an agent: at its start, or again after a transfer to a queue',
    schema: hitlSessionQueued,
  },
  hitlSessionEnded: {
    title: 'Session ended, with details',
    description:
      'The session has ended. Says who closed the chat, how long it took and how many messages there were. Comes a second after the end',
    schema: hitlSessionEnded,
  },
  hitlMessageUndelivered: {
    title: 'Message not delivered',
    description:
      'A message of the end user did not reach LiveChat, or may not have, before an agent was announced. Once an agent is there, end users are told this themselves',
    schema: hitlMessageUndelivered,
  },
  hitlAgentReturned: {
    title: 'Agent returned',
    description:
      'An agent writes in a LiveChat chat whose session has ended. Comes once each time an agent reopens the chat',
    schema: hitlAgentReturned,
  },
  hitlSessionRated: {
    title: 'Session rated',
    description: 'The chat was rated in LiveChat or by the action Rate session',
    schema: hitlSessionRated,
  },
} as const
