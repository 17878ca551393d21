/** Webhooks name people by address; bots have opaque ids, and the end user is not told that one of them is a person. */
export const isPerson = (agentId: string): boolean => agentId.includes('@')
