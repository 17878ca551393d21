import { memo } from 'react'
import { Tag } from '@livechat/design-system-react-components'
import type { ChatView, EventView } from '../../control/views'
import { lastName, lineOf, shortTime } from '../format'
import { Initials } from '../ui/initials'
import { lastSaid, quoted, type ChatGroup } from './chat-groups'
import { isUnread } from './unread'

type Props = {
  groups: ChatGroup[]
  agentId: string
  agentName: string
  chatId: string | undefined
  onOpen: (chatId: string) => void
}

export const ChatList = ({ groups, agentId, agentName, chatId, onOpen }: Props) => (
  <nav className="chat-list" aria-label="Chats">
    {groups
      .filter(({ chats, empty }) => chats.length > 0 || empty !== '')
      .map(({ id, title, chats, empty }) => (
        <section key={id} aria-labelledby={`chats-${id}`} data-testid={`chats-${id}`}>
          <h3 id={`chats-${id}`}>
            {title} <span>{chats.length}</span>
          </h3>
          {chats.length === 0 && <p className="chat-list__empty">{empty}</p>}
          {chats.length > 0 && (
            <ul>
              {chats.map((chat) => (
                <li key={chat.chatId}>
                  <ChatItem
                    chat={chat}
                    agentName={agentName}
                    isOpen={chat.chatId === chatId}
                    isUnread={chat.chatId !== chatId && isUnread(chat, agentId)}
                    onOpen={onOpen}
                  />
                </li>
              ))}
            </ul>
          )}
        </section>
      ))}
  </nav>
)

type ItemProps = Pick<Props, 'agentName' | 'onOpen'> & { chat: ChatView; isOpen: boolean; isUnread: boolean }

const ChatItem = memo(function ChatItem({ chat, agentName, isOpen, isUnread: isNew, onOpen }: ItemProps) {
  const last = lastSaid(chat)
  return (
    <button
      type="button"
      className="chat-item"
      aria-current={isOpen ? 'true' : undefined}
      data-unread={isNew}
      onClick={() => onOpen(chat.chatId)}
    >
      <Initials size="small" name={chat.customer.name} />
      <span className="chat-item__name">{chat.customer.name}</span>
      <time>{last ? shortTime(last.at) : ''}</time>
      <span className="chat-item__last" dir="auto">
        {last ? lineOf(preview(last, chat.customer.name, agentName)) : 'No messages'}
      </span>
      {chat.queuePosition !== undefined && <Tag size="small" kind="warning">{`#${chat.queuePosition}`}</Tag>}
      {chat.queuePosition === undefined && isNew && (
        <span className="chat-item__dot" title="Unread">
          <span className="visually-hidden">Unread</span>
        </span>
      )}
    </button>
  )
})

/** The customer needs no name here, because the chat has one. */
const preview = (
  { author, authorKind, text, isPrivate, event }: EventView,
  customer: string,
  agent: string,
): string => {
  const name = event['type'] === 'file' ? event['name'] : undefined
  const words = typeof name === 'string' ? name : (quoted(text, customer) ?? text.split('\n')[0] ?? '')
  const said = isPrivate ? `Note: ${words}` : words
  if (authorKind !== 'agent') return said
  return `${author === agent ? 'You' : lastName(author)}: ${said}`
}
