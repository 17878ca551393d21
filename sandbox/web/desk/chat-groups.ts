import type { ChatView, EventView } from '../../control/views'

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
      empty: mine.length > 0 ? '' : 'You have no chats.',
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
  transcript.findLast((entry) => entry.threadId === threadId && entry.authorKind === 'agent') !== undefined

/** What a list says of a chat in one line: the last thing that was said, or what the briefing quotes the customer with. */
export const lastSaid = ({ transcript, customer }: ChatView): EventView | undefined =>
  transcript.findLast(({ authorKind, isPrivate, isDeleted }) => authorKind !== 'system' && !isPrivate && !isDeleted) ??
  transcript.findLast(({ text }) => quoted(text, customer.name) !== undefined) ??
  transcript.findLast(({ isDeleted }) => !isDeleted)

/** The customer's own words in a briefing, which names the speaker of each line. */
export const quoted = (text: string, customerName: string): string | undefined => {
  const line = text.split('\n').find((each) => each.startsWith(`${customerName}: `))
  return line?.slice(customerName.length + 2)
}

/** The last entry by the customer. */
export const lastOfCustomer = ({ transcript }: ChatView): EventView | undefined =>
  transcript.findLast(({ authorKind }) => authorKind === 'customer')
