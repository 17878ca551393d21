import type { Chat, Thread, Visibility } from '../model'
import type { World } from '../world'
import { appendEvent } from './append-event'

type Wording = { text: string; visibility: Visibility }

/**
 * The sentences are our own, because LiveChat does not publish all of its own. Which of them customers see is not
 * documented per type. Here they see what concerns them, and do not see what concerns the agents' own work.
 */
const WORDING: Record<string, Wording> = {
  manual_archived_agent: { text: '%agent% closed the chat', visibility: 'all' },
  manual_archived_customer: { text: '%customer% closed the chat', visibility: 'all' },
  customer_banned: { text: '%agent% banned the customer for %days% day(s)', visibility: 'agents' },
  'routing.archived_inactive': { text: 'Chat archived due to %duration% minutes of inactivity', visibility: 'all' },
  'routing.archived_offline': { text: 'Chat archived due to no available agents', visibility: 'all' },
  'routing.archived_signed_out': { text: 'Chat archived because %agent% signed out', visibility: 'all' },
  'routing.assigned_inactive': {
    text: 'Chat assigned to %agent_added% because %agent_removed% was inactive',
    visibility: 'all',
  },
  'routing.assigned_signed_out': {
    text: 'Chat assigned to %agent_added% because %agent_removed% signed out',
    visibility: 'all',
  },
  'routing.unassigned_signed_out': { text: 'Customer queued because %agent% signed out', visibility: 'all' },
  chat_transferred: { text: '%initiator% transferred the chat to %targets%', visibility: 'all' },
  agent_added: { text: '%initiator% added %agent% to the chat', visibility: 'all' },
  agent_joined: { text: '%agent% joined the chat', visibility: 'all' },
  agent_left: { text: '%agent% left the chat', visibility: 'all' },
  agent_removed: { text: '%initiator% removed %agent% from the chat', visibility: 'all' },
  customer_updated: { text: 'Customer details were updated', visibility: 'agents' },
  'rating.chat_rated': { text: '%customer% rated the chat as %score%', visibility: 'all' },
  'rating.chat_commented': { text: '%customer% left a comment: %comment%', visibility: 'all' },
  'rating.chat_rating_canceled': { text: '%customer% canceled the rating', visibility: 'all' },
}

/** Adds LiveChat's own message to a thread. Variables hold display names, not ids. */
export const addSystemMessage = (
  world: World,
  chat: Chat,
  thread: Thread,
  type: string,
  variables: Record<string, string> = {},
  visibility?: Visibility,
): void => {
  const wording = WORDING[type] ?? { text: type, visibility: 'all' }
  appendEvent(world, {
    chat,
    thread,
    actor: { kind: 'system' },
    type: 'system_message',
    visibility: visibility ?? wording.visibility,
    content: {
      system_message_type: type,
      text: wording.text.replace(/%(\w+)%/g, (_match, name: string) => variables[name] ?? ''),
      text_vars: variables,
    },
  })
}

/** Whether LiveChat's apps know this type: their own, or `custom`, which is for clients. */
export const isKnownSystemMessage = (type: string): boolean => type === 'custom' || Object.hasOwn(WORDING, type)

export const displayName = (world: World, id: string): string =>
  world.agents.get(id)?.name ?? world.customers.get(id)?.name ?? 'Visitor'
