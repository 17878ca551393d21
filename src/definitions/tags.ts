/** Tags of the conversation that stands for one session. Tags are readable by bots: ids only, never secrets. */
export const conversationTags = {
  livechatChatId: { title: 'LiveChat chat', description: 'Id of the LiveChat chat of this session' },
  livechatThreadId: { title: 'LiveChat thread', description: 'Id of the LiveChat thread that is this session' },
  livechatCustomerId: {
    title: 'LiveChat customer',
    description: 'Id of the LiveChat customer who stands for the end user',
  },
  botpressUserId: { title: 'End user', description: 'Id of the Botpress user for whom the session was started' },
  assignedAgentUserId: {
    title: 'Assigned agent',
    description: 'Id of the Botpress user of the agent last announced to the end user',
  },
} as const

export const messageTags = {
  livechatEventId: {
    title: 'LiveChat event',
    description: 'Id of the LiveChat event that this message is, or was sent as',
  },
} as const

export const userTags = {
  email: { title: 'E-mail', description: 'Address by which an end user is found again' },
  livechatAgentEmail: {
    title: 'LiveChat agent e-mail',
    description: 'Address by which LiveChat webhooks name this agent',
  },
  livechatAgentId: { title: 'LiveChat agent id', description: 'Id by which LiveChat names this agent to customers' },
} as const
