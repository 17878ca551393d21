import { useEffect, useRef } from 'react'
import { Icon } from '@livechat/design-system-react-components'
import { NoteAdd } from '@livechat/design-system-icons'
import type { AgentView, ChatView } from '../../control/views'
import { shortTime } from '../format'
import { EventBody } from './event-body'

type Entry = ChatView['transcript'][number]

/** Every event of the chat as the agent reads it, with a line between threads. */
export const Transcript = ({ chat, agent }: { chat: ChatView; agent: AgentView }) => {
  const list = useRef<HTMLDivElement>(null)
  const count = chat.transcript.length
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight })
  }, [count])
  return (
    <div className="transcript" ref={list} role="log" aria-label="Messages" tabIndex={0}>
      {chat.transcript.map((entry, index) => (
        <div key={entry.eventId} className="transcript__step">
          {entry.threadId !== chat.transcript[index - 1]?.threadId && (
            <ThreadLine entry={entry} isFirst={index === 0} />
          )}
          <Line entry={entry} agent={agent} isFollowUp={isFollowUp(entry, chat.transcript[index - 1])} />
        </div>
      ))}
    </div>
  )
}

const ThreadLine = ({ entry, isFirst }: { entry: Entry; isFirst: boolean }) => (
  <p className="transcript__thread">
    <span>
      {isFirst ? 'Chat started' : 'Started again'} at {shortTime(entry.at)}
    </span>
  </p>
)

const Line = ({ entry, agent, isFollowUp }: { entry: Entry; agent: AgentView; isFollowUp: boolean }) => {
  if (entry.authorKind === 'system') return <p className="system-line">{entry.text}</p>
  const side = entry.isPrivate ? 'note' : entry.authorKind
  return (
    <div className="line" data-side={side} data-own={entry.author === agent.name}>
      {!isFollowUp && (
        <p className="line__head">
          {entry.isPrivate && <Icon source={NoteAdd} size="xsmall" />}
          <strong>{entry.author}</strong>
          {entry.isPrivate && ' · private note'}
          <time>{shortTime(entry.at)}</time>
        </p>
      )}
      <div className="line__body">
        <EventBody type={entry.type} event={entry.event} text={entry.text} />
      </div>
    </div>
  )
}

const isFollowUp = (entry: Entry, before: Entry | undefined): boolean =>
  before !== undefined &&
  before.author === entry.author &&
  before.isPrivate === entry.isPrivate &&
  before.threadId === entry.threadId &&
  shortTime(before.at) === shortTime(entry.at)
