import { Icon } from '@livechat/design-system-react-components'
import { Group, MoveTo, Person } from '@livechat/design-system-icons'
import type { AgentView, ChatView, Snapshot } from '../../control/views'
import { api, type TransferTarget } from '../api'
import { lastName } from '../format'
import { useShown } from '../live/connection'
import { useNotices } from '../notices'
import { Menu } from '../ui/menu'

type Props = { chat: ChatView; agent: AgentView }

const AWAY = { not_accepting_chats: 'not accepting chats', offline: 'offline' } as const

export const TransferMenu = ({ chat, agent }: Props) => {
  const { attempt } = useNotices()
  const agents = useShown((state) => state.agents)
  const groups = useShown((state) => state.groups)
  const transfer = (to: TransferTarget) => () => void attempt(api.transfer(chat.chatId, agent.id, to))
  const colleagues = agents.filter(({ id }) => !chat.agentIds.includes(id))
  return (
    <Menu
      name="Transfer"
      kind="secondary"
      icon={<Icon source={MoveTo} size="small" />}
      options={[
        { heading: 'Agents' },
        ...colleagues.map(({ id, name, status }) => ({
          id,
          label: (
            <>
              <Icon source={Person} size="small" /> {name}
            </>
          ),
          ...(status === 'accepting_chats' ? {} : { hint: AWAY[status] }),
          ...(status === 'offline' ? { isDisabled: true } : {}),
          onChoose: transfer({ agent: id }),
        })),
        { heading: 'Groups' },
        ...groups.map(({ id, name }) => ({
          id: `group-${id}`,
          label: (
            <>
              <Icon source={Group} size="small" /> {name}
            </>
          ),
          hint: whoIsThere(agents, id),
          onChoose: transfer({ group: id }),
        })),
      ]}
    >
      Transfer
    </Menu>
  )
}

/** The agents of a group, and whether somebody takes chats. Everybody is in group 0. */
const whoIsThere = (agents: Snapshot['agents'], groupId: number): string => {
  const members = agents.filter(({ groupIds }) => groupId === 0 || groupIds.includes(groupId))
  const present = members.filter(({ status }) => status === 'accepting_chats')
  return present.length > 0 ? present.map(({ name }) => lastName(name)).join(', ') : 'nobody is accepting chats'
}
