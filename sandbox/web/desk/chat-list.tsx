import { Avatar, Tag } from '@livechat/design-system-react-components'
import type { ChatView } from '../../control/views'
import { shortTime } from '../format'
import { awaitsReply, type ChatGroup } from './chat-groups'

type Props = { groups: ChatGroup[]; chatId: string | undefined; onOpen: (chatId: string) => void }

export const ChatList = ({ groups, chatId, onOpen }: Props) => (
  <nav className="chat-list" aria-label="Chats">
    {groups
      .filter(({ chats, empty }) => chats.length > 0 || empty !== '')
      .map(({ id, title, chats, empty }) => (
        <section key={id} aria-labelledby={`chats-${id}`} data-testid={`chats-${id}`}>
          <h3 id={`chats-${id}`}>
            {title} <span>{chats.length}</span>
          </h3>
          {chats.length === 0 && <p className="chat-list__empty">{empty}</p>}
          <ul>
            {chats.map((chat) => (
              <li key={chat.chatId}>
                <ChatItem chat={chat} isOpen={chat.chatId === chatId} onOpen={onOpen} />
              </li>
            ))}
          </ul>
        </section>
      ))}
  </nav>
)

const ChatItem = ({ chat, isOpen, onOpen }: { chat: ChatView; isOpen: boolean; onOpen: Props['onOpen'] }) => {
  const last = chat.transcript.at(-1)
  return (
    <button
      type="button"
      className="chat-item"
      aria-current={isOpen ? 'true' : undefined}
      onClick={() => onOpen(chat.chatId)}
    >
      <Avatar type="text" size="small" text={chat.customer.name} alt="" />
      <span className="chat-item__name">{chat.customer.name}</span>
      <time>{last ? shortTime(last.at) : ''}</time>
      <span className="chat-item__last">{last ? preview(last.author, last.text) : 'No messages'}</span>
      {chat.queuePosition !== undefined && <Tag size="small" kind="warning">{`#${chat.queuePosition}`}</Tag>}
      {chat.queuePosition === undefined && awaitsReply(chat) && (
        <span className="chat-item__dot" title="Awaits a reply" />
      )}
    </button>
  )
}

const preview = (author: string, text: string): string => `${author.split(' ')[0]}: ${text.split('\n')[0]}`
