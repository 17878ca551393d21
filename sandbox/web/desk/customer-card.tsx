import { useState } from 'react'
import { Avatar } from '@livechat/design-system-react-components'
import { ArrowBack } from '@livechat/design-system-icons'
import type { ChatView, Snapshot } from '../../control/views'
import { IconButton } from '../ui/icon-button'
import { shortTime } from '../format'

type Props = { chat: ChatView; snapshot: Snapshot; onBack: () => void }
type Entry = ChatView['transcript'][number]

/** What LiveChat knows about the customer: who they are, what the bot passed on, and earlier chats. */
export const CustomerCard = ({ chat, snapshot, onBack }: Props) => {
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
        <Avatar type="text" size="large" text={customer.name} alt="" />
        <h2>{customer.name}</h2>
        <p>{customer.email ?? 'No e-mail address'}</p>
      </div>
      <Facts
        title="Chat"
        facts={[
          ['Agent', names(agentIds, snapshot.agents)],
          ['Group', names(groupIds, snapshot.groups)],
          ['Chat ID', chat.chatId],
          ['Thread ID', chat.threadId],
        ]}
      />
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
      {earlier.length === 0 && <p className="card__none">This is the first one.</p>}
      <ul className="card__history">
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
