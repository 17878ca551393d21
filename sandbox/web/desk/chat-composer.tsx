import { useRef, useState, type KeyboardEvent } from 'react'
import { Button, Icon } from '@livechat/design-system-react-components'
import { Attachment, CannedResponse, Close, Send } from '@livechat/design-system-icons'
import type { AgentView, ChatView } from '../../control/views'
import { api } from '../api'
import { useNotices } from '../notices'
import { useBusy } from '../ui/busy'
import { Menu } from '../ui/menu'
import { cannedMessages, typedShortcut, withoutShortcut, type Canned } from './canned'
import { CannedList, cannedOptionId } from './canned-list'
import { useDraft } from './drafts'

/** Where the agent writes, to the customer or to colleagues only. */
export const ChatComposer = ({ chat, agent }: { chat: ChatView; agent: AgentView }) => {
  const { attempt } = useNotices()
  const { once } = useBusy()
  const [{ mode, text, cannedId }, change] = useDraft(agent.id, chat.chatId)
  const field = useRef<HTMLTextAreaElement>(null)
  const filePicker = useRef<HTMLInputElement>(null)
  const visibility = mode === 'note' ? 'agents' : 'all'
  const attached = cannedMessages.find(({ id }) => id === cannedId)

  const insert = (canned: Canned): void => {
    const before = withoutShortcut(text)
    if ('text' in canned) change({ text: before + canned.text })
    else change({ text: before, cannedId: canned.id })
    field.current?.focus()
  }
  const shortcut = useShortcut(text, insert)

  const send = async (): Promise<void> => {
    const write = (event: { type: string }): Promise<boolean> =>
      attempt(api.write(chat.chatId, agent.id, { ...event, visibility }))
    if (text.trim() !== '') {
      if (!(await write({ type: 'message', ...{ text } }))) return
      change({ text: '' })
    }
    if (attached && 'event' in attached && (await write(attached.event))) change({ cannedId: undefined })
    field.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || shortcut.onKeyDown(event)) return
    if (event.key !== 'Enter' || event.shiftKey) return
    event.preventDefault()
    void once(send)
  }
  const sendFile = async (file: File | undefined): Promise<void> => {
    if (file) await attempt(api.sendFile(chat.chatId, agent.id, file, visibility))
    if (filePicker.current) filePicker.current.value = ''
  }

  return (
    <footer className="composer" data-mode={mode}>
      <div className="composer__modes" role="group" aria-label="Who reads it">
        {(['message', 'note'] as const).map((each) => (
          <button key={each} type="button" aria-pressed={mode === each} onClick={() => change({ mode: each })}>
            {each === 'note' ? 'Private note' : 'Message'}
          </button>
        ))}
      </div>
      {shortcut.found.length > 0 && <CannedList found={shortcut.found} chosen={shortcut.chosen} onChoose={insert} />}
      {attached && (
        <p className="composer__attached">
          <Icon source={CannedResponse} size="small" />
          {`#${attached.id} (${attached.hint})`}
          <Button
            kind="plain"
            size="xcompact"
            aria-label={`Remove #${attached.id}`}
            icon={<Icon source={Close} size="small" />}
            onClick={() => change({ cannedId: undefined })}
          />
        </p>
      )}
      <textarea
        ref={field}
        rows={2}
        dir="auto"
        value={text}
        aria-label={mode === 'note' ? 'Private note' : 'Message to the customer'}
        aria-autocomplete="list"
        {...(shortcut.chosen
          ? { 'aria-controls': 'canned-answers', 'aria-activedescendant': cannedOptionId(shortcut.chosen) }
          : {})}
        placeholder={mode === 'note' ? 'Only colleagues read this…' : `Write to ${chat.customer.name}…`}
        onChange={(event) => change({ text: event.target.value })}
        onKeyDown={onKeyDown}
      />
      <div className="composer__tools">
        <input
          ref={filePicker}
          type="file"
          hidden
          data-testid="agent-file"
          onChange={(event) => void sendFile(event.target.files?.[0])}
        />
        <Button
          kind="text"
          size="compact"
          aria-label="Send a file"
          icon={<Icon source={Attachment} size="small" />}
          onClick={() => filePicker.current?.click()}
        />
        <Menu
          name="Canned responses"
          icon={<Icon source={CannedResponse} size="small" />}
          options={cannedMessages.map((canned) => ({
            id: canned.id,
            label: `#${canned.id}`,
            hint: canned.hint,
            onChoose: () => insert(canned),
          }))}
        />
        <Button
          kind="primary"
          size="compact"
          disabled={text.trim() === '' && !attached}
          icon={<Icon source={Send} size="small" />}
          onClick={() => void once(send)}
        >
          {mode === 'note' ? 'Add note' : 'Send'}
        </Button>
      </div>
    </footer>
  )
}

type Shortcut = {
  found: Canned[]
  chosen: Canned | undefined
  /** Returns whether the key was meant for the list. */
  onKeyDown: (event: KeyboardEvent) => boolean
}

/** The canned answers that fit what is typed after `#`, to be chosen with the arrow keys. */
const useShortcut = (text: string, insert: (canned: Canned) => void): Shortcut => {
  const [place, setPlace] = useState(0)
  const [closedFor, setClosedFor] = useState<string>()
  const typed = typedShortcut(text)
  const isOpen = typed !== undefined && closedFor !== text
  const found = isOpen ? cannedMessages.filter(({ id }) => id.startsWith(typed.toLowerCase())) : []
  const chosen = found[place % found.length]
  return {
    found,
    chosen,
    onKeyDown: (event) => {
      if (!chosen) return false
      const { key } = event
      if (key === 'ArrowDown') setPlace(place + 1)
      else if (key === 'ArrowUp') setPlace(place + found.length - 1)
      else if (key === 'Enter' || key === 'Tab') insert(chosen)
      else if (key === 'Escape') setClosedFor(text)
      else return false
      event.preventDefault()
      return true
    },
  }
}
