import { closeCommand, pluginTexts, type TextName } from './texts'

/** The settings of the plugin's form, under its own names. A start may override them for its session. */
export type PluginSettings = {
  /** The texts: an empty one stands for the default, `NULL` for no message. */
  onHitlHandoffMessage?: string
  onHumanAgentAssignedMessage?: string
  onHitlStoppedMessage?: string
  onUserHitlCancelledMessage?: string
  onIncompatibleMsgTypeMessage?: string
  onUserHitlCloseMessage?: string
  onAgentAssignedTimeoutMessage?: string
  /** *Termination Command*: ends the session. Default `/end`. */
  userHitlCloseCommand?: string
  /** *Agent Assigned Timeout*: ends a session that no agent takes in this time. Default 0: never. */
  agentAssignedTimeoutSeconds?: number
  /** *Use Human Agent Info*: in the webchat, agents' words appear under the agent's name. Default true. */
  useHumanAgentInfo?: boolean
  /** *Continue Flow on Session End?*: the flow goes on without waiting for the end user's next message. Default true. */
  flowOnHitlStopped?: boolean
}

const noMessage = 'NULL'

/** The other texts have no setting. */
const settingOfText: Partial<Record<TextName, keyof PluginSettings>> = {
  handoff: 'onHitlHandoffMessage',
  agentAssigned: 'onHumanAgentAssignedMessage',
  stoppedByAgent: 'onHitlStoppedMessage',
  userHasLeft: 'onUserHitlCancelledMessage',
  agentTypeNotSupported: 'onIncompatibleMsgTypeMessage',
  closedByUser: 'onUserHitlCloseMessage',
  assignmentTimeout: 'onAgentAssignedTimeoutMessage',
}

/** `undefined` if the setting says that there is no message. */
export const textOf = (settings: PluginSettings, name: TextName): string | undefined => {
  const setting = settingOfText[name]
  const text = setting === undefined ? undefined : settings[setting]
  if (text === noMessage) return undefined
  return typeof text === 'string' && text !== '' ? text : pluginTexts[name]
}

export const isCloseCommand = (settings: PluginSettings, text: unknown): boolean =>
  typeof text === 'string' && normal(text) === normal(settings.userHitlCloseCommand || closeCommand)

const normal = (text: string): string => text.trim().toLowerCase()
