/** In webhooks, a human agent's id is an e-mail address and a bot's id is opaque. We do not announce bots as agents. */
export const isPerson = (agentId: string): boolean => agentId.includes('@')
