import { useShown } from '../live/connection'
import type { Theme } from '../top-bar'
import { PersonSwitcher } from './person-switcher'
import { Webchat } from './webchat'

type Props = { personId: string; onPerson: (id: string) => void; theme: Theme }

/** The end user's side: Botpress' own webchat components, fed from the sandbox instead of Botpress Cloud. */
export const CustomerPane = ({ personId, onPerson, theme }: Props) => {
  const person = useShown(({ people }) => people.find(({ id }) => id === personId) ?? people[0])
  return (
    <section className="pane customer" aria-label="Customer">
      <PersonSwitcher personId={person?.id ?? ''} onPerson={onPerson} />
      {person && <Webchat key={person.id} person={person} theme={theme} />}
    </section>
  )
}
