import { parseSettings, type Settings } from '../../operation/settings'
import { agentAccessCheck } from './agent-access'
import { chatSettingsCheck } from './chat-settings'
import { clockCheck } from './clock'
import { chatApiCheck, credentialsCheck, planCheck, regionCheck } from './connection'
import { installationCheck, lastWebhookCheck } from './delivery'
import { gatherFacts, type CheckContext, type Judge } from './facts'
import { notChecked, type Check } from './finding'
import { groupCheck } from './group'
import { judgeSettings, secretCheck } from './settings'
import { webhooksCheck } from './webhooks'

const judges: Judge[] = [
  secretCheck,
  credentialsCheck,
  regionCheck,
  chatApiCheck,
  planCheck,
  groupCheck,
  chatSettingsCheck,
  agentAccessCheck,
  installationCheck,
  webhooksCheck,
  lastWebhookCheck,
  clockCheck,
]

/**
 * Runs every check of a configuration. The findings are in the order in which the bot's owner sets things up. A problem
 * with the configuration or with LiveChat becomes a finding, not an error. No agent sees the checks in LiveChat: they
 * use one stored customer, who never opens a chat, and with agent access the agent's token for reads.
 */
export const runChecks = async (
  configuration: unknown,
  contextOf: (settings: Settings) => CheckContext,
): Promise<Check[]> => {
  const parsed = parseSettings(configuration)
  const settings = { id: 'settings', title: 'Settings', ...judgeSettings(parsed.ok ? [] : parsed.problems) }
  if (!parsed.ok) {
    const unread = notChecked('a setting cannot be read')
    return [settings, ...judges.map(({ id, title }) => ({ id, title, ...unread }))]
  }
  const facts = await gatherFacts(contextOf(parsed.settings))
  return [settings, ...judges.map(({ id, title, judge }) => ({ id, title, ...judge(facts) }))]
}
