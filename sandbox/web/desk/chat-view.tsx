import { Button, Tag } from '@livechat/design-system-react-components'
import { ArrowBack, Contact } from '@livechat/design-system-icons'
import type { AgentView, ChatView as Chat, Snapshot } from '../../control/views'
import { IconButton } from '../ui/icon-button'
import { api } from '../api'
import { useNotices } from '../notices'
import { ChatComposer } from './chat-composer'
import { Transcript } from './transcript'
import { TransferMenu } from './transfer-menu'

type Props = { chat: Chat; agent: AgentView; snapshot: Snapshot; onBack: () => void; onCard: () => void }

const stateTags = {
  assigned: { kind: 'success', text: 'Active' },
  queued: { kind: 'warning', text: 'Queued' },
  unassigned: { kind: 'warning', text: 'Unassigned' },
  closed: { kind: 'default', text: 'Closed' },
} as const

export const ChatView = ({ chat, agent, snapshot, onBack, onCard }: Props) => {
  const { attempt } = useNotices()
  const isMine = chat.agentIds.includes(agent.id) && chat.state === 'assigned'
  const { kind, text } = stateTags[chat.state]
  return (
    <article className="chat" aria-label={`Chat with ${chat.customer.name}`}>
      <header className="chat__head">
        <span className="only-narrow">
          <IconButton label="Back to the chats" icon={ArrowBack} onClick={onBack} />
        </span>
        <h2>{chat.customer.name}</h2>
        <span className="chat__state">
          <Tag size="small" kind={kind}>
            {text}
          </Tag>
        </span>
        <span className="chat__actions">
          {isMine && <TransferMenu chat={chat} agent={agent} snapshot={snapshot} />}
          {isMine && (
            <Button kind="secondary" size="compact" onClick={() => void attempt(api.close(chat.chatId, agent.id))}>
              Close <span className="only-wide">chat</span>
            </Button>
          )}
          <span className="only-compact">
            <IconButton label="Customer details" icon={Contact} onClick={onCard} />
          </span>
        </span>
      </header>
      <Transcript chat={chat} agent={agent} />
      {isMine ? <ChatComposer chat={chat} agent={agent} /> : <Outside chat={chat} agent={agent} snapshot={snapshot} />}
    </article>
  )
}

/** Shown instead of the composer to an agent who is not in the chat. */
const Outside = ({ chat, agent, snapshot }: Pick<Props, 'chat' | 'agent' | 'snapshot'>) => {
  const { attempt } = useNotices()
  const colleagues = snapshot.agents.filter(({ id }) => chat.agentIds.includes(id)).map(({ name }) => name)
  const text = {
    closed: 'This chat is closed. A new one begins when the customer asks for a person again.',
    assigned: `${colleagues.join(' and ')} ${colleagues.length > 1 ? 'are' : 'is'} in this chat.`,
    queued: `Waiting in the queue${chat.queuePosition === undefined ? '' : `, place ${chat.queuePosition}`}.`,
    unassigned: 'Nobody serves this chat.',
  }[chat.state]
  return (
    <footer className="chat__outside">
      <p>{text}</p>
      {chat.state !== 'closed' && (
        <Button kind="primary" onClick={() => void attempt(api.pickUp(chat.chatId, agent.id))}>
          {chat.state === 'assigned' ? 'Join chat' : 'Pick up'}
        </Button>
      )}
    </footer>
  )
}
