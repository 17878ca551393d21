import type { ChatView } from '../../control/views'

export type ChatGroup = { id: string; title: string; empty: string; chats: ChatView[] }

/** Chats as one agent's list shows them. */
export const groupChats = (chats: ChatView[], agentId: string): ChatGroup[] => {
  const isMine = (chat: ChatView): boolean => chat.agentIds.includes(agentId)
  const isOpen = (chat: ChatView): boolean => chat.state !== 'closed'
  const isWaiting = (chat: ChatView): boolean => chat.state === 'queued' || chat.state === 'unassigned'
  const mine = chats.filter((chat) => chat.state === 'assigned' && isMine(chat))
  return [
    { id: 'incoming', title: 'Incoming', empty: '', chats: mine.filter((chat) => !isAnswered(chat)) },
    {
      id: 'active',
      title: 'My chats',
      empty: mine.length > 0 ? '' : 'Nobody is talking to you.',
      chats: mine.filter(isAnswered),
    },
    {
      id: 'queued',
      title: 'Queued',
      empty: 'Nobody is waiting.',
      chats: chats.filter(isWaiting).sort((a, b) => (a.queuePosition ?? 0) - (b.queuePosition ?? 0)),
    },
    {
      id: 'others',
      title: 'With colleagues',
      empty: '',
      chats: chats.filter((chat) => chat.state === 'assigned' && !isMine(chat)),
    },
    { id: 'closed', title: 'Closed', empty: '', chats: chats.filter((chat) => !isOpen(chat)) },
  ]
}

const isAnswered = ({ transcript, threadId }: ChatView): boolean =>
  transcript.some((entry) => entry.threadId === threadId && entry.authorKind === 'agent')

/** Whether the customer said the last word to this agent. */
export const awaitsReply = ({ transcript, state, agentIds }: ChatView, agentId: string): boolean =>
  state === 'assigned' &&
  agentIds.includes(agentId) &&
  transcript.findLast(({ authorKind }) => authorKind !== 'system')?.authorKind !== 'agent'
