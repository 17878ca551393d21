import { useRef, useState, type KeyboardEvent } from 'react'
import { Button, Icon } from '@livechat/design-system-react-components'
import { Attachment, CannedResponse, Send } from '@livechat/design-system-icons'
import type { AgentView, ChatView } from '../../control/views'
import { api } from '../api'
import { useNotices } from '../notices'
import { Menu } from '../ui/menu'
import { cannedMessages } from './canned'

type Mode = 'message' | 'note'

/** Where the agent writes, to the customer or to colleagues only. */
export const ChatComposer = ({ chat, agent }: { chat: ChatView; agent: AgentView }) => {
  const { attempt } = useNotices()
  const [mode, setMode] = useState<Mode>('message')
  const [text, setText] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  const filePicker = useRef<HTMLInputElement>(null)
  const visibility = mode === 'note' ? 'agents' : 'all'

  const send = async (): Promise<void> => {
    if (text.trim() === '') return
    const isSent = await attempt(api.write(chat.chatId, agent.id, { type: 'message', text, visibility }))
    if (isSent) setText('')
    field.current?.focus()
  }
  const sendOnEnter = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    void send()
  }
  const sendFile = async (file: File | undefined): Promise<void> => {
    if (file) await attempt(api.sendFile(chat.chatId, agent.id, file, visibility))
    if (filePicker.current) filePicker.current.value = ''
  }

  return (
    <footer className="composer" data-mode={mode}>
      <div className="composer__modes" role="group" aria-label="Who reads it">
        {(['message', 'note'] as const).map((each) => (
          <button key={each} type="button" aria-pressed={mode === each} onClick={() => setMode(each)}>
            {each === 'note' ? 'Private note' : 'Message'}
          </button>
        ))}
      </div>
      <textarea
        ref={field}
        rows={2}
        value={text}
        aria-label={mode === 'note' ? 'Private note' : 'Message to the customer'}
        placeholder={mode === 'note' ? 'Only colleagues read this…' : `Write to ${chat.customer.name}…`}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={sendOnEnter}
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
          options={cannedMessages.map(({ id, title, hint, event }) => ({
            id,
            label: title,
            hint,
            onChoose: () => void attempt(api.write(chat.chatId, agent.id, { ...event, visibility })),
          }))}
        />
        <Button
          kind="primary"
          size="compact"
          disabled={text.trim() === ''}
          icon={<Icon source={Send} size="small" />}
          onClick={() => void send()}
        >
          {mode === 'note' ? 'Add note' : 'Send'}
        </Button>
      </div>
    </footer>
  )
}
