/** Tags of a session's conversation. Bots can read them, so never put secrets or messages into them. */
export const conversationTags = {
  livechatChatId: { title: 'LiveChat chat', description: 'Id of the LiveChat chat of this session' },
  livechatThreadId: { title: 'LiveChat thread', description: 'Id of the LiveChat thread that is this session' },
  livechatCustomerId: {
    title: 'LiveChat customer',
    description: 'Id of the LiveChat customer who stands for the end user',
  },
  botpressUserId: { title: 'End user', description: 'Id of the Botpress user for whom the session was started' },
  startId: {
    title: 'Start',
    description: 'Id of the start that made this session, for equal starts at the same moment',
  },
  language: { title: 'Language', description: 'Language of what the integration itself says, as the bot named it' },
  dropWindowMs: {
    title: 'Drop window',
    description: 'For how many milliseconds the plugin drops messages, if Botpress was slow when the session started',
  },
  assignedAt: { title: 'Assigned at', description: 'When the first agent was announced, in milliseconds since 1970' },
  transfers: { title: 'Transfers', description: 'How often the session went to another agent' },
  queueTold: { title: 'Queue', description: 'The place in the queue that the bot was last told, and when' },
  ratingTold: { title: 'Rating', description: 'Digest of the rating that the bot was last told' },
  deletedEarly: {
    title: 'Deleted early',
    description: 'Id of the LiveChat event that was last deleted before its message arrived',
  },
  ended: { title: 'End', description: 'Why and when the session ended' },
  leftOpen: { title: 'Left open', description: 'The bot has stopped the session, but the chat could not be closed' },
  returnTold: {
    title: 'Agent returned',
    description:
      'Id of the LiveChat thread without a session of which the bot was last told that an agent writes in it',
  },
  openChoiceEventId: {
    title: 'Open choice',
    description: 'Id of the LiveChat event with choices that the end user may still pick from',
  },
  assignedAgentUserId: {
    title: 'Assigned agent',
    description: 'Id of the Botpress user of the agent last announced to the end user, or that there is none now',
  },
} as const

export const messageTags = {
  livechatEventId: {
    title: 'LiveChat event',
    description: 'Id of the LiveChat event that this message is, or was sent as',
  },
  livechatRevision: {
    title: 'LiveChat revision',
    description: 'How often the event was changed since, and a digest of what the end user was told last',
  },
} as const

export const userTags = {
  email: { title: 'E-mail', description: 'Address by which an end user is found again' },
  foundByEmail: { title: 'Found by e-mail', description: 'People with the same address share this user' },
  livechatAgentEmail: {
    title: 'LiveChat agent e-mail',
    description: 'Address by which LiveChat webhooks name this agent',
  },
  livechatAgentId: { title: 'LiveChat agent id', description: 'Id by which LiveChat names this agent to customers' },
} as const
