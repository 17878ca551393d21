import { useEffect, useRef, useState, type KeyboardEvent, type SubmitEvent } from 'react'
import { Button, Icon } from '@livechat/design-system-react-components'
import { MoreHoriz } from '@livechat/design-system-icons'
import type { EventView } from '../../control/views'
import { api } from '../api'
import { useNotices } from '../notices'
import { useBusy } from '../ui/busy'
import { useKeptFocus } from '../ui/kept-focus'
import { Menu } from '../ui/menu'

type Props = { chatId: string; agentId: string; entry: EventView }

/** What an agent can still do with a message that was sent: correct it, or delete it. */
export const OwnMessage = ({ chatId, agentId, entry }: Props) => {
  const { attempt } = useNotices()
  const { once } = useBusy()
  const [text, setText] = useState<string>()
  const root = useRef<HTMLDivElement>(null)
  const isEditing = text !== undefined
  useKeptFocus(root, isEditing, (element) => element.querySelector('button'))
  useEffect(() => {
    if (isEditing) root.current?.querySelector('form')?.scrollIntoView({ block: 'nearest' })
  }, [isEditing])
  const save = (event: SubmitEvent | KeyboardEvent): void => {
    event.preventDefault()
    void once(async () => {
      if (await attempt(api.edit(chatId, agentId, entry.eventId, text ?? ''))) setText(undefined)
    })
  }
  /** The same keys as where messages are written. */
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') setText(undefined)
    if (event.key === 'Enter' && !event.shiftKey) save(event)
  }
  return (
    <div className="line__change" ref={root}>
      {isEditing ? (
        <form className="line__edit" onSubmit={save}>
          <textarea
            autoFocus
            dir="auto"
            aria-label="New text"
            rows={2}
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={onKeyDown}
          />
          <Button kind="primary" size="xcompact" type="submit">
            Save
          </Button>
          <Button kind="secondary" size="xcompact" onClick={() => setText(undefined)}>
            Cancel
          </Button>
        </form>
      ) : (
        <span className="line__menu">
          <Menu
            name="Change this message"
            size="xcompact"
            icon={<Icon source={MoreHoriz} size="small" />}
            options={[
              ...(entry.type === 'message' ? [{ id: 'edit', label: 'Edit', onChoose: () => setText(entry.text) }] : []),
              {
                id: 'delete',
                label: 'Delete',
                onChoose: () => void attempt(api.deleteEvent(chatId, agentId, entry.eventId)),
              },
            ]}
          />
        </span>
      )}
    </div>
  )
}
