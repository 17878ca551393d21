import { useState } from 'react'
import { ArrowBack } from '@livechat/design-system-icons'
import type { AgentView, ChatView } from '../../control/views'
import { IconButton } from '../ui/icon-button'
import { Initials } from '../ui/initials'
import { shortTime } from '../format'
import { useShown } from '../live/connection'
import { ChatTags } from './chat-tags'

type Props = { chat: ChatView; agent: AgentView; onBack: () => void }
type Entry = ChatView['transcript'][number]

/** What LiveChat knows about the customer: who they are, what the bot passed on, and earlier chats. */
export const CustomerCard = ({ chat, agent, onBack }: Props) => {
  const agents = useShown((state) => state.agents)
  const groups = useShown((state) => state.groups)
  const { customer, groupIds, agentIds } = chat
  const names = (ids: (string | number)[], from: { id: string | number; name: string }[]): string =>
    from
      .filter(({ id }) => ids.includes(id))
      .map(({ name }) => name)
      .join(', ') || 'None'
  return (
    <aside className="card" aria-label="Customer details" tabIndex={0}>
      <div className="card__who">
        <span className="only-compact">
          <IconButton label="Back to the chat" icon={ArrowBack} onClick={onBack} />
        </span>
        <Initials size="large" name={customer.name} />
        <h2 dir="auto">{customer.name}</h2>
        <p>{customer.email ?? 'No e-mail address'}</p>
        {customer.phoneNumber !== undefined && <p>{customer.phoneNumber}</p>}
      </div>
      <Facts
        title="Chat"
        facts={[
          ['Agent', names(agentIds, agents)],
          ['Group', names(groupIds, groups)],
          ['Chat ID', chat.chatId],
          ['Thread ID', chat.threadId],
        ]}
      />
      <ChatTags chat={chat} agent={agent} />
      <Facts title="Session fields" facts={customer.sessionFields.flatMap((field) => Object.entries(field))} />
      <History chat={chat} />
    </aside>
  )
}

const Facts = ({ title, facts }: { title: string; facts: [string, string][] }) => (
  <section className="card__section">
    <h3>{title}</h3>
    {facts.length === 0 && <p className="card__none">None</p>}
    <dl>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd title={value}>{value}</dd>
        </div>
      ))}
    </dl>
  </section>
)

const History = ({ chat }: { chat: ChatView }) => {
  const [opened, setOpened] = useState('')
  const earlier = Object.entries(Object.groupBy(chat.transcript, ({ threadId }) => threadId)).filter(
    ([threadId]) => threadId !== chat.threadId,
  ) as [string, Entry[]][]
  return (
    <section className="card__section">
      <h3>Earlier chats</h3>
      {earlier.length === 0 && <p className="card__none">No earlier chats.</p>}
      <ul className="card__history" hidden={earlier.length === 0}>
        {earlier.map(([threadId, entries]) => (
          <li key={threadId}>
            <button
              type="button"
              aria-expanded={opened === threadId}
              onClick={() => setOpened(opened === threadId ? '' : threadId)}
            >
              {shortTime(entries[0]?.at ?? 0)} · {entries.length} messages
            </button>
            {opened === threadId &&
              entries.map(({ eventId, author, text }) => <p key={eventId}>{`${author}: ${text}`}</p>)}
          </li>
        ))}
      </ul>
    </section>
  )
}
