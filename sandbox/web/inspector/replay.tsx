import { useState, type SubmitEvent } from 'react'
import { Button } from '@livechat/design-system-react-components'
import { api } from '../api'
import { useNotices } from '../notices'
import { useBusy } from '../ui/busy'

type Props = { seq: number; body: string; onReplayed: (answer: { status: number }) => void; onDone: () => void }

/** Delivers a webhook again with another body. Masked secrets stay as they are. */
export const Replay = ({ seq, body, onReplayed, onDone }: Props) => {
  const { attempt } = useNotices()
  const { once } = useBusy()
  const [text, setText] = useState(body)
  const send = (event: SubmitEvent): void => {
    event.preventDefault()
    void once(() =>
      attempt(
        api.replay(seq, text).then((answer) => {
          onReplayed(answer)
          onDone()
        }),
      ),
    )
  }
  return (
    <form className="entry__replay" onSubmit={send}>
      <textarea
        autoFocus
        aria-label="Body of the webhook"
        rows={10}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <p>
        <Button kind="primary" size="xcompact" type="submit">
          Send
        </Button>
        <Button kind="secondary" size="xcompact" onClick={onDone}>
          Cancel
        </Button>
      </p>
    </form>
  )
}
