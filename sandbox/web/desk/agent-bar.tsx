import { Icon } from '@livechat/design-system-react-components'
import { ChevronDown, Settings, SoundOff, SoundOn } from '@livechat/design-system-icons'
import type { AgentStatus, AgentView } from '../../control/views'
import { api } from '../api'
import { lastName } from '../format'
import { useShown } from '../live/connection'
import { useNotices } from '../notices'
import { IconButton } from '../ui/icon-button'
import { Initials } from '../ui/initials'
import { Menu } from '../ui/menu'

type Props = {
  agent: AgentView
  onAgent: (id: string) => void
  isSoundOn: boolean
  onSound: (isOn: boolean) => void
}

const statusNames: Record<AgentStatus, string> = {
  accepting_chats: 'Accepting chats',
  not_accepting_chats: 'Not accepting',
  offline: 'Offline',
}
const statuses = Object.keys(statusNames) as AgentStatus[]
const limits = [1, 2, 5, 20]

/** Chooses the agent, whether they take chats, and how chats are assigned. */
export const AgentBar = ({ agent, onAgent, isSoundOn, onSound }: Props) => {
  const agents = useShown((state) => state.agents)
  const isRecorded = useShown(({ recordedAt }) => recordedAt !== undefined)
  return (
    <div className="agent-bar">
      <div className="agent-bar__agents" role="group" aria-label="Agents">
        {agents.map(({ id, name, status }) => (
          <button key={id} type="button" className="chip" aria-pressed={id === agent.id} onClick={() => onAgent(id)}>
            <Initials size="xxsmall" name={lastName(name)} />
            <span>{lastName(name)}</span>
            <StatusDot status={status} title={statusNames[status]} />
          </button>
        ))}
      </div>
      {!isRecorded && <StatusMenu agent={agent} />}
      {!isRecorded && <RoutingMenu agent={agent} />}
      <IconButton
        label={isSoundOn ? 'Switch the sound off' : 'Switch the sound on'}
        icon={isSoundOn ? SoundOn : SoundOff}
        onClick={() => onSound(!isSoundOn)}
      />
    </div>
  )
}

/** The title is for narrow screens, where no text stands beside the dot. */
const StatusDot = ({ status, title }: { status: AgentStatus; title?: string }) => (
  <span className="dot" data-status={status} {...(title === undefined ? {} : { title })} />
)

const StatusMenu = ({ agent }: { agent: AgentView }) => {
  const { attempt } = useNotices()
  return (
    <Menu
      name="Status"
      kind="secondary"
      icon={<Icon source={ChevronDown} size="small" />}
      iconPosition="right"
      options={statuses.map((status) => ({
        id: status,
        label: (
          <>
            <StatusDot status={status} /> {statusNames[status]}
          </>
        ),
        isChosen: status === agent.status,
        onChoose: () => void attempt(api.changeAgent(agent.id, { status })),
      }))}
    >
      <StatusDot status={agent.status} /> <span className="agent-bar__status">{statusNames[agent.status]}</span>
    </Menu>
  )
}

const RoutingMenu = ({ agent }: { agent: AgentView }) => {
  const { attempt } = useNotices()
  const routing = useShown((state) => state.routing)
  return (
    <Menu
      name="Routing"
      icon={<Icon source={Settings} size="small" />}
      options={[
        { heading: 'New chats' },
        {
          id: 'manual',
          label: 'Wait to be picked up',
          isChosen: routing === 'manual',
          onChoose: () => void attempt(api.setRouting('manual')),
        },
        {
          id: 'automatic',
          label: 'Go to a free agent',
          isChosen: routing === 'automatic',
          onChoose: () => void attempt(api.setRouting('automatic')),
        },
        { heading: `Chats at a time for ${lastName(agent.name)}` },
        ...limits.map((limit) => ({
          id: `limit-${limit}`,
          label: limit,
          isChosen: limit === agent.maxChats,
          onChoose: () => void attempt(api.changeAgent(agent.id, { maxChats: limit })),
        })),
      ]}
    />
  )
}
