import { useEffect, useState, type SubmitEvent } from 'react'
import { Button } from '@livechat/design-system-react-components'
import { api, type FieldSchema, type StartCard } from '../api'
import { useNotices } from '../notices'
import { SchemaFields } from './schema-fields'

/** What the bot fills in when it starts a session: it holds from the next session on. */
export const StartCardForm = () => {
  const { attempt } = useNotices()
  const [schema, setSchema] = useState<FieldSchema>()
  const [card, setCard] = useState<StartCard>({ givesEmail: true, hitlSession: {} })
  const [isSaved, setSaved] = useState(false)
  useEffect(() => {
    void attempt(
      api.startCard().then((answer) => {
        setSchema(answer.schema)
        setCard(answer.values)
      }),
    )
  }, [attempt])
  const change = (part: Partial<StartCard>): void => {
    setCard({ ...card, ...part })
    setSaved(false)
  }
  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const hitlSession = Object.fromEntries(
      Object.entries(card.hitlSession).filter(([, value]) => value !== undefined && value !== ''),
    )
    const { title = '', description = '', givesEmail } = card
    const filled = {
      givesEmail,
      hitlSession,
      ...(title === '' ? {} : { title }),
      ...(description === '' ? {} : { description }),
    }
    setSaved(await attempt(api.fillInStartCard(filled)))
  }
  if (!schema) return null
  return (
    <form className="controls__form" onSubmit={(event) => void save(event)}>
      <label className="field">
        <span>Ticket Title</span>
        <input
          value={card.title ?? ''}
          placeholder="… asks for a person"
          onChange={(event) => change({ title: event.target.value })}
        />
      </label>
      <label className="field">
        <span>Ticket Description</span>
        <input
          value={card.description ?? ''}
          placeholder="The customer’s last words"
          onChange={(event) => change({ description: event.target.value })}
        />
      </label>
      <label className="field field--check">
        <input
          type="checkbox"
          checked={card.givesEmail}
          onChange={(event) => change({ givesEmail: event.target.checked })}
        />
        <span>User Email is filled in</span>
      </label>
      <SchemaFields schema={schema} values={card.hitlSession} onChange={(hitlSession) => change({ hitlSession })} />
      <p className="controls__save">
        <Button kind="primary" size="compact" type="submit">
          Save
        </Button>
        <span role="status">{isSaved && 'The next session starts with this.'}</span>
      </p>
    </form>
  )
}
