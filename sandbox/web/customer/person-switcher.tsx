import { useState, type SubmitEvent } from 'react'
import { Avatar, Button, Icon, Input } from '@livechat/design-system-react-components'
import { PersonAdd } from '@livechat/design-system-icons'
import type { PersonView } from '../../control/views'
import { api } from '../api'
import { firstName } from '../format'
import { useNotices } from '../notices'
import { untilShown } from '../store'

type Props = { people: PersonView[]; personId: string; onPerson: (id: string) => void }

const suggestions = ['Plum Visitor', 'Moss Visitor', 'Sand Visitor', 'Rose Visitor', 'Jade Visitor']

/** Several end users at once, to fill a queue. */
export const PersonSwitcher = ({ people, personId, onPerson }: Props) => {
  const [isAdding, setAdding] = useState(false)
  return (
    <div className="people">
      <div className="people__row" role="group" aria-label="Customers">
        {people.map(({ id, name, session }) => (
          <button
            key={id}
            type="button"
            className="chip"
            aria-pressed={id === personId}
            data-active={session.active}
            onClick={() => onPerson(id)}
          >
            <Avatar type="text" size="xxsmall" text={name} alt="" />
            {firstName(name)}
          </button>
        ))}
        <Button
          kind="plain"
          size="compact"
          aria-expanded={isAdding}
          icon={<Icon source={PersonAdd} size="small" />}
          onClick={() => setAdding(!isAdding)}
        >
          New
        </Button>
      </div>
      {isAdding && (
        <NewPerson
          suggestion={suggestions[(people.length - 1) % suggestions.length] ?? ''}
          onDone={(id) => {
            setAdding(false)
            if (id) onPerson(id)
          }}
        />
      )}
    </div>
  )
}

/** Waits until the page shows the new end user, so that what is typed next does not go to the one before. */
const addPerson = async (name: string, email: string): Promise<string> => {
  const added = await api.addPerson(name, email)
  await untilShown(({ people }) => people.some(({ id }) => id === added.id))
  return added.id
}

const NewPerson = ({ suggestion, onDone }: { suggestion: string; onDone: (id?: string) => void }) => {
  const { attempt } = useNotices()
  const [name, setName] = useState(suggestion)
  const [email, setEmail] = useState(`${firstName(suggestion).toLowerCase()}@example.com`)
  const add = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    await attempt(addPerson(name, email).then(onDone))
  }
  return (
    <form className="people__form" onSubmit={(event) => void add(event)}>
      <Input
        autoFocus
        aria-label="Name"
        placeholder="Name"
        required
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Input
        aria-label="E-mail"
        type="email"
        placeholder="E-mail"
        required
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <Button kind="primary" size="compact" type="submit">
        Add
      </Button>
      <Button kind="secondary" size="compact" type="button" onClick={() => onDone()}>
        Cancel
      </Button>
    </form>
  )
}
