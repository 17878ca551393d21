import { useRef } from 'react'
import { Button, Tag } from '@livechat/design-system-react-components'
import { ArrowBack, Contact } from '@livechat/design-system-icons'
import type { AgentView, ChatView as Chat } from '../../control/views'
import { api } from '../api'
import { useShown } from '../live/connection'
import { useNotices } from '../notices'
import { useBusy } from '../ui/busy'
import { IconButton } from '../ui/icon-button'
import { useKeptFocus } from '../ui/kept-focus'
import { ChatComposer } from './chat-composer'
import { ChatMenu } from './chat-menu'
import { Transcript } from './transcript'
import { TransferMenu } from './transfer-menu'

type Props = { chat: Chat; agent: AgentView; onBack: () => void; onCard: () => void }

const stateTags = {
  assigned: { kind: 'success', text: 'Active' },
  queued: { kind: 'warning', text: 'Queued' },
  unassigned: { kind: 'warning', text: 'Unassigned' },
  closed: { kind: 'default', text: 'Closed' },
} as const

export const ChatView = ({ chat, agent, onBack, onCard }: Props) => {
  const { attempt } = useNotices()
  const { once } = useBusy()
  const isRecorded = useShown(({ recordedAt }) => recordedAt !== undefined)
  const root = useRef<HTMLElement>(null)
  const isMine = chat.agentIds.includes(agent.id) && chat.state === 'assigned'
  const deletedCount = chat.transcript.filter(({ isDeleted }) => isDeleted).length
  useKeptFocus(root, `${isMine} ${chat.state} ${deletedCount}`, (element) =>
    element.querySelector<HTMLElement>('.composer textarea, .chat__outside p'),
  )
  const { kind, text } = stateTags[chat.state]
  return (
    <article className="chat" aria-label={`Chat with ${chat.customer.name}`} ref={root}>
      <header className="chat__head">
        <span className="only-narrow">
          <IconButton label="Back to the chats" icon={ArrowBack} onClick={onBack} />
        </span>
        <h2 dir="auto">{chat.customer.name}</h2>
        <span className="chat__state">
          <Tag size="small" kind={kind}>
            {text}
          </Tag>
        </span>
        <span className="chat__actions">
          {isMine && !isRecorded && <TransferMenu chat={chat} agent={agent} />}
          {isMine && !isRecorded && (
            <Button
              kind="secondary"
              size="compact"
              onClick={() => void once(() => attempt(api.act(chat.chatId, 'close', agent.id)))}
            >
              Close <span className="only-wide">chat</span>
            </Button>
          )}
          {!isRecorded && <ChatMenu chat={chat} agent={agent} isMine={isMine} />}
          <span className="only-compact">
            <IconButton label="Customer details" icon={Contact} onClick={onCard} />
          </span>
        </span>
      </header>
      <Transcript chat={chat} agent={agent} canChange={!isRecorded} />
      {isMine && !isRecorded ? <ChatComposer chat={chat} agent={agent} /> : <Outside chat={chat} agent={agent} />}
    </article>
  )
}

/** Shown instead of the composer to an agent who is not in the chat. */
const Outside = ({ chat, agent }: Pick<Props, 'chat' | 'agent'>) => {
  const { attempt } = useNotices()
  const { once } = useBusy()
  const agents = useShown((state) => state.agents)
  const isRecorded = useShown(({ recordedAt }) => recordedAt !== undefined)
  const colleagues = agents.filter(({ id }) => chat.agentIds.includes(id)).map(({ name }) => name)
  const text = {
    closed: 'This chat is closed. A new one begins when the customer asks for a person again.',
    assigned: `${colleagues.join(' and ')} ${colleagues.length > 1 ? 'are' : 'is'} in this chat.`,
    queued: `Waiting in the queue${chat.queuePosition === undefined ? '' : `, place ${chat.queuePosition}`}.`,
    unassigned: 'No agent has this chat.',
  }[chat.state]
  return (
    <footer className="chat__outside">
      <p tabIndex={-1}>{text}</p>
      {chat.state !== 'closed' && !isRecorded && (
        <Button kind="primary" onClick={() => void once(() => attempt(api.act(chat.chatId, 'pick-up', agent.id)))}>
          {chat.state === 'assigned' ? 'Join chat' : 'Pick up'}
        </Button>
      )}
    </footer>
  )
}
