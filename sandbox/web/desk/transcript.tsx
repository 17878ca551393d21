import { memo, useState } from 'react'
import { Button, Icon } from '@livechat/design-system-react-components'
import { NoteAdd } from '@livechat/design-system-icons'
import type { AgentView, ChatView, EventView } from '../../control/views'
import { shortTime } from '../format'
import { useStickToEnd } from '../ui/stick-to-end'
import { EventBody } from './event-body'
import { OwnMessage } from './own-message'

/** Events that are rendered at first. Each costs time, whether it is in sight or not. */
const SHOWN_EVENTS = 100

type Props = { chat: ChatView; agent: AgentView; canChange: boolean }

/** The events of the chat as the agent reads them, with a line between threads. */
export const Transcript = ({ chat, agent, canChange }: Props) => {
  const [shownCount, setShownCount] = useState(SHOWN_EVENTS)
  const { list, isAtEnd, follow, onScroll } = useStickToEnd<HTMLDivElement>(chat.transcript.at(-1))
  const first = Math.max(0, chat.transcript.length - shownCount)
  const isOpen = chat.state === 'assigned' && chat.agentIds.includes(agent.id)
  return (
    <div className="transcript-box">
      <div className="transcript" ref={list} role="log" aria-label="Messages" tabIndex={0} onScroll={onScroll}>
        {first > 0 && (
          <Button kind="plain" size="compact" onClick={() => setShownCount(shownCount + SHOWN_EVENTS)}>
            {`Show ${Math.min(first, SHOWN_EVENTS)} earlier events`}
          </Button>
        )}
        {chat.transcript.slice(first).map((entry, index) => (
          <Step
            key={entry.eventId}
            chatId={chat.chatId}
            entry={entry}
            before={chat.transcript[first + index - 1]}
            agentId={agent.id}
            agentName={agent.name}
            canChange={canChange && isOpen}
          />
        ))}
      </div>
      {!isAtEnd && (
        <div className="to-latest">
          <Button kind="secondary" size="xcompact" onClick={follow}>
            Jump to latest
          </Button>
        </div>
      )}
    </div>
  )
}

type StepProps = {
  chatId: string
  entry: EventView
  before: EventView | undefined
  agentId: string
  agentName: string
  canChange: boolean
}

const Step = memo(function Step({ chatId, entry, before, agentId, agentName, canChange }: StepProps) {
  const isOwn = entry.authorKind === 'agent' && entry.author === agentName
  const isFollowUp = follows(entry, before)
  return (
    <div className="transcript__step">
      {entry.threadId !== before?.threadId && (
        <p className="transcript__thread">
          <span>
            {before ? 'Started again' : 'Chat started'} at {shortTime(entry.at)}
          </span>
        </p>
      )}
      {entry.authorKind === 'system' ? (
        <p className="system-line" dir="auto">
          {entry.text}
        </p>
      ) : (
        <div className="line" data-side={entry.isPrivate ? 'note' : entry.authorKind} data-own={isOwn}>
          {!isFollowUp && <LineHead entry={entry} />}
          <div className="line__body">
            {entry.isDeleted ? <em>This message was deleted.</em> : <EventBody entry={entry} />}
          </div>
          {canChange && isOwn && !entry.isDeleted && <OwnMessage chatId={chatId} agentId={agentId} entry={entry} />}
        </div>
      )}
    </div>
  )
})

const LineHead = ({ entry: { isPrivate, author, at } }: { entry: EventView }) => (
  <p className="line__head">
    {isPrivate && <Icon source={NoteAdd} size="xsmall" />}
    <strong>{author}</strong>
    {isPrivate && ' · private note'}
    <time>{shortTime(at)}</time>
  </p>
)

const follows = (entry: EventView, before: EventView | undefined): boolean =>
  before !== undefined &&
  before.author === entry.author &&
  before.isPrivate === entry.isPrivate &&
  before.threadId === entry.threadId &&
  shortTime(before.at) === shortTime(entry.at)
