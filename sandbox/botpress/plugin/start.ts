import { OperationFailed } from '../errors'
import type { Conversation } from '../objects'
import { runAction } from '../operations'
import { effect } from '../world'
import { log, tellUser, type Plugin } from './context'
import { buildHistory } from './history'
import { linkUser } from './link-user'
import { watchAssignment } from './stop'
import { pluginTexts } from './texts'

export type StartInput = {
  title?: string | undefined
  description?: string | undefined
  hitlSession?: Record<string, unknown> | undefined
  userEmail?: string | undefined
}

/** `isSilent`: the card returns as if it had started a session, and the bot says nothing. */
export type StartResult =
  { started: true; conversationId: string } | { started: false; reason: string; isSilent?: true }

/** The plugin's start card. Resolves when the session is active, or its activation is scheduled. */
export const startSession = async (
  plugin: Plugin,
  upstream: Conversation,
  upstreamUserId: string,
  input: StartInput,
): Promise<StartResult> => {
  if (upstream.hitl === 'active') return { started: false, reason: 'a session is active', isSilent: true }
  const lastSaid = lastMessageId(plugin, upstream)
  if (plugin.world.knobs.ignoresRepeatedStart && lastSaid && upstream.pluginTags.startMessageId === lastSaid) {
    return { started: false, reason: 'a session was started for this message before', isSilent: true }
  }
  try {
    tellUser(plugin, upstream, pluginTexts.handoff)
    const downstream = await callStart(plugin, upstream, upstreamUserId, input)
    if (lastSaid) upstream.pluginTags.startMessageId = lastSaid
    activate(plugin, upstream, downstream, upstreamUserId)
    return { started: true, conversationId: downstream.id }
  } catch (error) {
    if (!(error instanceof OperationFailed)) throw error
    log(plugin, 'error', `The hand-off failed: ${error.message}`)
    effect(plugin.world, 'session_start_failed', { upstreamConversationId: upstream.id, reason: error.message })
    return { started: false, reason: error.message }
  }
}

const callStart = async (
  plugin: Plugin,
  upstream: Conversation,
  upstreamUserId: string,
  { title, description, hitlSession, userEmail }: StartInput,
): Promise<Conversation> => {
  const { world, instance } = plugin
  const userId = await linkUser(plugin, upstreamUserId, { email: userEmail })
  const messageHistory = await buildHistory(plugin, upstream)
  const input = { title, description, hitlSession, userId, messageHistory }
  const sent = dropUndefined(input)
  // The plugin passes payloads as channels made them, with fields of their own, and the platform lets them pass.
  const output = await runAction(world, instance, 'startHitl', sent, 'messageHistory')
  const conversationId = String(output.conversationId)
  const downstream = instance.store.conversations.get(conversationId)
  if (!downstream)
    throw new OperationFailed('startHitl', 'ResourceNotFound', `Conversation ${conversationId} was not found`)
  return downstream
}

const dropUndefined = (input: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))

// Until the session is active, the plugin drops everything that comes from the downstream conversation.
const activate = (plugin: Plugin, upstream: Conversation, downstream: Conversation, upstreamUserId: string): void => {
  const { world, instance } = plugin
  const now = (): void => {
    upstream.pluginTags.downstream = downstream.id
    downstream.pluginTags.upstream = upstream.id
    upstream.hitl = 'active'
    downstream.hitl = 'active'
    const userId = instance.upstream.users.get(upstreamUserId)?.pluginTags.downstream
    effect(world, 'session_started', { conversationId: downstream.id, upstreamConversationId: upstream.id, userId })
    watchAssignment(plugin, upstream, downstream)
  }
  if (world.knobs.activationDelayMs === 0) return now()
  const release = world.inbox.hold(upstreamLane(plugin, upstream))
  world.schedule.at(world.clock.nowMs() + world.knobs.activationDelayMs, async () => {
    now()
    release()
  })
}

/** What the end user says is processed one by one, and waits while a session is being activated. */
const upstreamLane = ({ instance }: Plugin, upstream: Conversation): string => `${instance.webhookId} ${upstream.id}`

/** Runs what an end user said in its lane, or at once if messages overlap. Resolves when it is done. */
export const inUpstreamLane = (plugin: Plugin, upstream: Conversation, run: () => Promise<void>): Promise<void> =>
  plugin.world.knobs.concurrentUpstreamMessages
    ? plugin.world.work.run(run)
    : plugin.world.inbox.add(upstreamLane(plugin, upstream), run)

const lastMessageId = ({ instance }: Plugin, upstream: Conversation): string | undefined =>
  instance.upstream
    .messagesOf(upstream.id)
    .filter((message) => message.direction === 'incoming')
    .at(-1)?.id
