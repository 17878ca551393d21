import { useState, type SubmitEvent } from 'react'
import { Button, Icon } from '@livechat/design-system-react-components'
import { MoreHoriz } from '@livechat/design-system-icons'
import type { EventView } from '../../control/views'
import { api } from '../api'
import { useNotices } from '../notices'
import { useBusy } from '../ui/busy'
import { Menu } from '../ui/menu'

type Props = { chatId: string; agentId: string; entry: EventView }

/** What an agent can still do with a message that was sent: correct it, or delete it. */
export const OwnMessage = ({ chatId, agentId, entry }: Props) => {
  const { attempt } = useNotices()
  const { once } = useBusy()
  const [text, setText] = useState<string>()
  const save = (event: SubmitEvent): void => {
    event.preventDefault()
    void once(async () => {
      if (await attempt(api.edit(chatId, agentId, entry.eventId, text ?? ''))) setText(undefined)
    })
  }
  if (text !== undefined) {
    return (
      <form className="line__edit" onSubmit={save}>
        <textarea
          autoFocus
          aria-label="New text"
          rows={2}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button kind="primary" size="xcompact" type="submit">
          Save
        </Button>
        <Button kind="secondary" size="xcompact" onClick={() => setText(undefined)}>
          Cancel
        </Button>
      </form>
    )
  }
  return (
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
  )
}
