/**
 * Texts in place of the plugin's own, which its settings can all replace. Tests compare with these constants, not with
 * copies.
 */
export const pluginTexts = {
  handoff: 'I am handing this conversation to a person. They will be with you shortly.',
  agentAssigned: 'A person has joined the conversation.',
  stoppedByAgent: 'The person has closed the conversation. I am here for you again.',
  closedByUser: 'You have ended the conversation with the person.',
  assignmentTimeout: 'Nobody is free at the moment. I am here for you again.',
  /** Sent to the agent's side by the bot itself. */
  userHasLeft: '( The user has ended the session. )',
  /** Sent to the agent's side by the bot itself. */
  agentTypeNotSupported: 'This kind of message cannot reach the user. Please send it as text.',
  userTypeNotSupported: 'I can pass on text, images, audio, video and files only.',
  broken: 'Something went wrong: you are not connected to a person.',
} as const

export const closeCommand = '/end'

export const relayedTypes: readonly string[] = ['text', 'image', 'audio', 'video', 'file', 'bloc']

/** Name of an agent without a name. */
export const namelessAgent = 'A Human Agent'
