import { OperationFailed } from '../errors'
import type { Conversation } from '../objects'
import { runAction } from '../operations'
import { effect } from '../world'
import { downstreamOf, endSession, log, tellAgent, tellUser, type EndReason, type Plugin } from './context'
import { pluginTexts } from './texts'

export type StopResult = { stopped: true } | { stopped: false; reason: string }

/**
 * Sends a farewell to the agent's side, makes both sides inactive, then calls `stopHitl`. If that throws, the rest does
 * not happen: the end user gets no closing word.
 */
export const stopSession = async (
  plugin: Plugin,
  upstream: Conversation,
  reason: EndReason,
  closingWord?: string,
): Promise<StopResult> => {
  const { world, instance } = plugin
  const downstream = downstreamOf(plugin, upstream)
  if (upstream.hitl !== 'active' || !downstream) return { stopped: false, reason: 'no session is active' }

  const farewell = tellAgent(plugin, downstream, pluginTexts.userHasLeft)
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
  return { stopped: true }
}

/** Ends the session if no agent takes it within the time that the plugin's setting allows. */
export const watchAssignment = (plugin: Plugin, upstream: Conversation, downstream: Conversation): void => {
  const { assignmentTimeoutMs } = plugin.world.knobs
  if (assignmentTimeoutMs === undefined) return
  plugin.world.schedule.at(plugin.world.clock.nowMs() + assignmentTimeoutMs, () =>
    plugin.world.work.run(async () => {
      // The plugin looks at the end user's conversation, where nobody clears the agent of an earlier session.
      const isWaiting = downstream.hitl === 'active' && !upstream.pluginTags.humanAgentId
      if (!isWaiting || downstreamOf(plugin, upstream) !== downstream) return
      await stopSession(plugin, upstream, 'assignment-timeout', pluginTexts.assignmentTimeout)
    }),
  )
}
