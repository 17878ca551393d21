import { Avatar, Tag } from '@livechat/design-system-react-components'
import type { AgentView, ChatView, EventView } from '../../control/views'
import { lastName, shortTime } from '../format'
import { awaitsReply, type ChatGroup } from './chat-groups'

type Props = { groups: ChatGroup[]; agent: AgentView; chatId: string | undefined; onOpen: (chatId: string) => void }

export const ChatList = ({ groups, agent, chatId, onOpen }: Props) => (
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
                <ChatItem chat={chat} agent={agent} isOpen={chat.chatId === chatId} onOpen={onOpen} />
              </li>
            ))}
          </ul>
        </section>
      ))}
  </nav>
)

type ItemProps = Pick<Props, 'agent' | 'onOpen'> & { chat: ChatView; isOpen: boolean }

const ChatItem = ({ chat, agent, isOpen, onOpen }: ItemProps) => {
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
      <span className="chat-item__last">{last ? preview(last, agent) : 'No messages'}</span>
      {chat.queuePosition !== undefined && <Tag size="small" kind="warning">{`#${chat.queuePosition}`}</Tag>}
      {chat.queuePosition === undefined && awaitsReply(chat, agent.id) && (
        <span className="chat-item__dot" title="Awaits a reply" />
      )}
    </button>
  )
}

/** Texts of the customer and of LiveChat itself need no name here, because the chat has one. */
const preview = ({ author, authorKind, text, isPrivate, event }: EventView, agent: AgentView): string => {
  const name = event['type'] === 'file' ? event['name'] : undefined
  const line = typeof name === 'string' ? name : (text.split('\n')[0] ?? '')
  const said = isPrivate ? `Note: ${line}` : line
  if (authorKind !== 'agent') return said
  return `${author === agent.name ? 'You' : lastName(author)}: ${said}`
}
