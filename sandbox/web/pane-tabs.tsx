import { Icon } from '@livechat/design-system-react-components'
import { Code, Person, Support } from '@livechat/design-system-icons'

export type Pane = 'customer' | 'desk' | 'inspector'

const panes = [
  { id: 'customer', label: 'Customer', icon: Person },
  { id: 'desk', label: 'Agent', icon: Support },
  { id: 'inspector', label: 'Inspector', icon: Code },
] as const

/** On narrow screens, shows one pane at a time. */
export const PaneTabs = ({ pane, onPane }: { pane: Pane; onPane: (pane: Pane) => void }) => (
  <nav className="pane-tabs" aria-label="Panes">
    {panes.map(({ id, label, icon }) => (
      <button key={id} type="button" aria-current={pane === id ? 'page' : undefined} onClick={() => onPane(id)}>
        <Icon source={icon} size="medium" />
        {label}
      </button>
    ))}
  </nav>
)
