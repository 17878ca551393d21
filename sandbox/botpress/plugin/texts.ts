/** The plugin's own default texts. Tests compare with these constants, not with copies. */
export const pluginTexts = {
  handoff: 'I have escalated this conversation to a human agent. They should be with you shortly.',
  agentAssigned: 'A human agent has joined the conversation.',
  stoppedByAgent: 'The human agent closed the conversation. I will continue assisting you.',
  closedByUser: 'You have ended the session with the human agent. I will continue assisting you.',
  assignmentTimeout:
    'No human agent is available at the moment. Please try again later. I will continue assisting you for the time being.',
  /** Sent to the agent's side by the bot itself. */
  userHasLeft: '( The user has ended the session. )',
  /** Sent to the agent's side by the bot itself. */
  agentTypeNotSupported:
    'Sorry, the user can not receive this type of message. Please resend your message as a text message.',
  userTypeNotSupported:
    'Sorry, I can only handle one of the following message types: text, image, video, audio, file, bloc',
  broken: 'Something went wrong, you are not connected to a human agent...',
} as const

export type TextName = keyof typeof pluginTexts

/** Default of the setting *Termination Command*. */
export const closeCommand = '/end'

export const relayedTypes: readonly string[] = ['text', 'image', 'video', 'audio', 'file', 'bloc']

/** Name of an agent without a name. */
export const namelessAgent = 'A Human Agent'
