import { useState, type SubmitEvent } from 'react'
import { Button, Input } from '@livechat/design-system-react-components'
import { api } from '../api'
import { useNotices } from '../notices'
import { useBusy } from '../ui/busy'

/** A second person in the same conversation, as in a group of WhatsApp or Slack. */
export const SomebodyElse = ({ personId, onDone }: { personId: string; onDone: () => void }) => {
  const { attempt } = useNotices()
  const { isBusy, once } = useBusy()
  const [name, setName] = useState('Hazel Visitor')
  const [text, setText] = useState('')
  const send = (event: SubmitEvent): void => {
    event.preventDefault()
    void once(async () => {
      if (await attempt(api.somebodyElseSays(personId, name, text))) onDone()
    })
  }
  return (
    <form className="people__form" onSubmit={send}>
      <Input
        aria-label="Name of the other person"
        required
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Input
        autoFocus
        aria-label="Words of the other person"
        placeholder="Their words"
        required
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button kind="primary" size="compact" type="submit" aria-disabled={isBusy}>
        Send
      </Button>
      <Button kind="secondary" size="compact" type="button" onClick={onDone}>
        Cancel
      </Button>
    </form>
  )
}
