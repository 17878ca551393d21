import { memo, useEffect, useRef, useState, type KeyboardEvent, type SubmitEvent } from 'react'
import { Button, Icon, Input } from '@livechat/design-system-react-components'
import { Add, Attachment, PersonAdd } from '@livechat/design-system-icons'
import type { PersonView, ShelfItem } from '../../control/views'
import { api } from '../api'
import { firstName } from '../format'
import { untilShown, useShown } from '../live/connection'
import { useNotices } from '../notices'
import { useBusy } from '../ui/busy'
import { Initials } from '../ui/initials'
import { Menu } from '../ui/menu'
import { SomebodyElse } from './somebody-else'

type Props = { personId: string; onPerson: (id: string) => void }
type Form = 'new' | 'somebody-else'

const suggestions = ['Plum Visitor', 'Moss Visitor', 'Sand Visitor', 'Rose Visitor', 'Jade Visitor']

/** Several end users at once, to fill a queue. */
export const PersonSwitcher = ({ personId, onPerson }: Props) => {
  const people = useShown((state) => state.people)
  const isRecorded = useShown(({ recordedAt }) => recordedAt !== undefined)
  const [form, setForm] = useState<Form>()
  const opener = useRef<Element>(null)
  const open = (next: Form): void => {
    opener.current = document.activeElement
    setForm(next)
  }
  const close = (): void => {
    setForm(undefined)
    if (opener.current instanceof HTMLElement) opener.current.focus()
  }
  const onKeyDown = ({ key }: KeyboardEvent): void => {
    if (key === 'Escape' && form !== undefined) close()
  }
  return (
    <div className="people" onKeyDown={onKeyDown}>
      <div className="people__bar">
        <div className="people__row" role="group" aria-label="Customers">
          {people.map(({ id, name, session }) => (
            <Chip
              key={id}
              id={id}
              name={name}
              isActive={session.active}
              isChosen={id === personId}
              onPerson={onPerson}
            />
          ))}
        </div>
        {!isRecorded && (
          <>
            <Button
              kind="plain"
              size="compact"
              aria-expanded={form === 'new'}
              icon={<Icon source={PersonAdd} size="small" />}
              onClick={() => (form === 'new' ? close() : open('new'))}
            >
              New
            </Button>
            <MoreToSend personId={personId} onSomebodyElse={() => open('somebody-else')} />
          </>
        )}
      </div>
      {form === 'new' && (
        <NewPerson
          suggestion={suggestions[(people.length - 1) % suggestions.length] ?? ''}
          onDone={(id) => {
            close()
            if (id) onPerson(id)
          }}
        />
      )}
      {form === 'somebody-else' && <SomebodyElse personId={personId} onDone={close} />}
    </div>
  )
}

type ChipProps = Pick<PersonView, 'id' | 'name'> & {
  isActive: boolean
  isChosen: boolean
  onPerson: (id: string) => void
}

const Chip = memo(function Chip({ id, name, isActive, isChosen, onPerson }: ChipProps) {
  return (
    <button
      type="button"
      className="chip"
      aria-pressed={isChosen}
      data-active={isActive}
      title={name}
      onClick={() => onPerson(id)}
    >
      <Initials size="xxsmall" name={name} />
      <span>{firstName(name)}</span>
    </button>
  )
})

/** What a customer can send besides what they type: files of every kind, and words of somebody else. */
const MoreToSend = ({ personId, onSomebodyElse }: { personId: string; onSomebodyElse: () => void }) => {
  const { attempt } = useNotices()
  const [shelf, setShelf] = useState<ShelfItem[]>([])
  useEffect(() => {
    void attempt(api.shelf().then((answer) => setShelf(answer.shelf)))
  }, [attempt])
  return (
    <Menu
      name="Send something special"
      icon={<Icon source={Add} size="small" />}
      options={[
        { heading: 'Files that are ready to be sent' },
        ...shelf.map(({ id, title, explains }) => ({
          id,
          label: (
            <>
              <Icon source={Attachment} size="small" /> {title}
            </>
          ),
          hint: explains,
          onChoose: () => void attempt(api.sendFromShelf(personId, id)),
        })),
        { heading: 'In the same conversation' },
        { id: 'somebody-else', label: 'Somebody else writes…', onChoose: onSomebodyElse },
      ]}
    />
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
  const { isBusy, once } = useBusy()
  const [name, setName] = useState(suggestion)
  const [email, setEmail] = useState(`${firstName(suggestion).toLowerCase()}@example.com`)
  const add = (event: SubmitEvent): void => {
    event.preventDefault()
    void once(() => attempt(addPerson(name, email).then(onDone)))
  }
  return (
    <form className="people__form" onSubmit={add}>
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
      <Button kind="primary" size="compact" type="submit" aria-disabled={isBusy}>
        Add
      </Button>
      <Button kind="secondary" size="compact" type="button" onClick={() => onDone()}>
        Cancel
      </Button>
    </form>
  )
}
