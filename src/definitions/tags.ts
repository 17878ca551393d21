/** Tags of a session's conversation. Bots can read them, so never put secrets or messages into them. */
export const conversationTags = {
  livechatChatId: { title: 'LiveChat chat', description: 'ID of the LiveChat chat of this session' },
  livechatThreadId: { title: 'LiveChat thread', description: 'ID of the LiveChat thread that is this session' },
  livechatCustomerId: {
    title: 'LiveChat customer',
    description: 'ID of the end user’s LiveChat customer',
  },
  botpressUserId: { title: 'End user', description: 'ID of the Botpress user for whom the session was started' },
  startId: {
    title: 'Start',
    description: 'ID of the start that made this session. Equal starts at the same moment have one session',
  },
  language: { title: 'Language', description: 'Language of the integration’s own messages, as the bot named it' },
  dropWindowMs: {
    title: 'Drop window',
    description: 'For how many milliseconds the plugin drops messages, if Botpress was slow when the session started',
  },
  unread: {
    title: 'Unread',
    description: 'The start could not read the thread, so first messages of the agent may be missing',
  },
  assignedAt: { title: 'Assigned at', description: 'When the first agent was announced, in milliseconds since 1970' },
  transfers: { title: 'Transfers', description: 'How often the session went to another agent' },
  queueTold: { title: 'Queue', description: 'The place in the queue that the bot was last told, and when' },
  ratingTold: { title: 'Rating', description: 'Digest of the rating that the bot was last told' },
  deletedEarly: {
    title: 'Deleted early',
    description: 'ID of the LiveChat event that was last deleted before its message arrived',
  },
  endDelayed: {
    title: 'End delayed',
    description: 'The closed thread could not be read, so the end waits for LiveChat’s next delivery',
  },
  ended: { title: 'End', description: 'Why and when the session ended' },
  leftOpen: { title: 'Left open', description: 'The bot has stopped the session, but the chat could not be closed' },
  leftOpenAt: {
    title: 'Left open at',
    description: 'When the bot stopped the session whose chat could not be closed, in milliseconds since 1970',
  },
  returnTold: {
    title: 'Agent returned',
    description: 'ID of the last thread without a session in which the flows were told that an agent writes',
  },
  openChoiceEventId: {
    title: 'Open choice',
    description: 'ID of the LiveChat event with choices that the end user may still pick from',
  },
  assignedAgentUserId: {
    title: 'Assigned agent',
    description: 'ID of the Botpress user for the agent who was last announced to the end user',
  },
  leftAgentUserId: {
    title: 'Agent who left',
    description:
      'ID of the Botpress user for the announced agent, if this agent has left the chat. A note follows if the session waits again',
  },
} as const

export const messageTags = {
  livechatEventId: {
    title: 'LiveChat event',
    description: 'ID of the LiveChat event that this message came from, or was sent as',
  },
  livechatRevision: {
    title: 'LiveChat revision',
    description: 'Digests of the contents of the event that the end user was shown, the last one first',
  },
} as const

export const userTags = {
  email: { title: 'E-mail', description: 'E-mail address by which the end user is found again' },
  foundByEmail: { title: 'Found by e-mail', description: 'End users with the same e-mail address share this user' },
  livechatAgentEmail: {
    title: 'LiveChat agent e-mail',
    description: 'E-mail address by which LiveChat’s webhooks name this agent',
  },
  livechatAgentId: { title: 'LiveChat agent ID', description: 'ID by which LiveChat names this agent to customers' },
} as const
