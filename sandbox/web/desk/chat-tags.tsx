import { useState, type SubmitEvent } from 'react'
import { Button, Input, Tag } from '@livechat/design-system-react-components'
import type { AgentView, ChatView } from '../../control/views'
import { api } from '../api'
import { useShown } from '../live/connection'
import { useNotices } from '../notices'

/** The chat's tags, which agents add and remove. */
export const ChatTags = ({ chat, agent }: { chat: ChatView; agent: AgentView }) => {
  const { attempt } = useNotices()
  const isRecorded = useShown(({ recordedAt }) => recordedAt !== undefined)
  const [text, setText] = useState('')
  const add = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    if (text.trim() !== '' && (await attempt(api.tag(chat.chatId, agent.id, text.trim(), true)))) setText('')
  }
  return (
    <section className="card__section">
      <h3>Tags</h3>
      {chat.tags.length === 0 && <p className="card__none">None</p>}
      <p className="card__tags">
        {chat.tags.map((tag) => (
          <Tag
            key={tag}
            size="small"
            {...(isRecorded ? {} : { onRemove: () => void attempt(api.tag(chat.chatId, agent.id, tag, false)) })}
          >
            {tag}
          </Tag>
        ))}
      </p>
      {!isRecorded && (
        <form className="card__add" onSubmit={(event) => void add(event)}>
          <Input
            inputSize="xsmall"
            aria-label="New tag"
            placeholder="New tag"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <Button kind="secondary" size="xcompact" type="submit">
            Add
          </Button>
        </form>
      )}
    </section>
  )
}
