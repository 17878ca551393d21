import { OperationFailed } from '../errors'
import type { Conversation } from '../objects'
import { runAction } from '../operations'
import { effect } from '../world'
import { log, tellUser, type Plugin } from './context'
import { buildHistory } from './history'
import { linkUser } from './link-user'
import type { PluginSettings } from './settings'
import { watchAssignment } from './stop'

export type StartInput = {
  title?: string | undefined
  description?: string | undefined
  hitlSession?: Record<string, unknown> | undefined
  userEmail?: string | undefined
  /** Settings of the plugin for this session alone. */
  configurationOverrides?: PluginSettings | undefined
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
  const settings = { ...plugin.instance.pluginSettings, ...input.configurationOverrides }
  upstream.handoff = { settings, userId: upstreamUserId }
  try {
    tellUser(plugin, upstream, 'handoff')
    const downstream = await callStart(plugin, upstream, upstreamUserId, input)
    await activate(plugin, { upstream, downstream, upstreamUserId, lastSaid })
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

type Links = {
  upstream: Conversation
  downstream: Conversation
  upstreamUserId: string
  /** The end user's latest message before the start. */
  lastSaid: string | undefined
}

/**
 * What the plugin does in five calls, one after another, after `startHitl` has returned. Calls that are made side by side
 * count as one. Until the last of them, the plugin drops everything that comes from the downstream conversation, and
 * another start may begin.
 */
const activationSteps = (plugin: Plugin, { upstream, downstream, upstreamUserId, lastSaid }: Links): (() => void)[] => [
  () => undefined, // Looks up the downstream conversation.
  () => undefined, // Saves who started the session.
  () => {
    upstream.pluginTags.downstream = downstream.id
    downstream.pluginTags.upstream = upstream.id
  },
  () => {
    if (lastSaid) upstream.pluginTags.startMessageId = lastSaid
  },
  () => {
    upstream.hitl = 'active'
    downstream.hitl = 'active'
    const userId = plugin.instance.upstream.users.get(upstreamUserId)?.pluginTags.downstream
    const ids = { conversationId: downstream.id, upstreamConversationId: upstream.id, userId }
    effect(plugin.world, 'session_started', ids)
    watchAssignment(plugin, upstream, downstream)
  },
]

/** With a delay, it resolves at once, and the end user's next messages wait until the session is active. */
const activate = async (plugin: Plugin, links: Links): Promise<void> => {
  const { clock, inbox, knobs, schedule } = plugin.world
  const steps = activationSteps(plugin, links)
  if (knobs.activationDelayMs === 0) {
    for (const step of steps) {
      await nextTurn()
      step()
    }
    return
  }
  const release = inbox.hold(upstreamLane(plugin, links.upstream))
  for (const [index, step] of steps.entries()) {
    const dueMs = clock.nowMs() + (knobs.activationDelayMs * (index + 1)) / steps.length
    schedule.at(dueMs, async () => {
      step()
      if (index === steps.length - 1) release()
    })
  }
}

/** Lets everything else that is ready happen first. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

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
