import { OperationFailed } from '../errors'
import type { Conversation } from '../objects'
import { runAction } from '../operations'
import { effect } from '../world'
import {
  continueFlow,
  downstreamOf,
  endSession,
  log,
  settingsOf,
  tellAgent,
  tellUser,
  type EndReason,
  type Plugin,
} from './context'
import type { TextName } from './texts'

export type StopResult = { stopped: true } | { stopped: false; reason: string }

/**
 * Sends a farewell to the agent's side, makes both sides inactive, then calls `stopHitl`. If that throws, the rest does
 * not happen: the end user gets no closing word.
 */
export const stopSession = async (
  plugin: Plugin,
  upstream: Conversation,
  reason: EndReason,
  closingWord?: TextName,
): Promise<StopResult> => {
  const { world, instance } = plugin
  const downstream = downstreamOf(plugin, upstream)
  if (upstream.hitl !== 'active' || !downstream) return { stopped: false, reason: 'no session is active' }

  const farewell = tellAgent(plugin, { upstream, downstream }, 'userHasLeft')
  if (!world.knobs.stopOvertakesFarewell) await farewell
  endSession(plugin, upstream, downstream, reason)
  try {
    await runAction(world, instance, 'stopHitl', { conversationId: downstream.id })
  } catch (error) {
    if (!(error instanceof OperationFailed)) throw error
    log(plugin, 'error', `stopHitl failed: ${error.message}`)
    effect(world, 'cleanup_broken', { conversationId: downstream.id, reason: error.message })
    return { stopped: false, reason: error.message }
  }
  if (closingWord) tellUser(plugin, upstream, closingWord)
  // The stop card is part of a flow, which goes on anyway.
  if (reason !== 'bot-stopped') continueFlow(plugin, upstream)
  return { stopped: true }
}

/** Ends the session if no agent takes it within the time that the plugin's setting allows. */
export const watchAssignment = (plugin: Plugin, upstream: Conversation, downstream: Conversation): void => {
  const { agentAssignedTimeoutSeconds = 0 } = settingsOf(plugin, upstream)
  if (agentAssignedTimeoutSeconds === 0) return
  plugin.world.schedule.at(plugin.world.clock.nowMs() + agentAssignedTimeoutSeconds * 1_000, () =>
    plugin.world.work.run(async () => {
      // The plugin looks at the end user's conversation, where nobody clears the agent of an earlier session.
      const isWaiting = downstream.hitl === 'active' && !upstream.pluginTags.humanAgentId
      if (!isWaiting || downstreamOf(plugin, upstream) !== downstream) return
      await stopSession(plugin, upstream, 'assignment-timeout', 'assignmentTimeout')
    }),
  )
}
