import { Icon } from '@livechat/design-system-react-components'
import { Group, MoveTo, Person } from '@livechat/design-system-icons'
import type { AgentView, ChatView, Snapshot } from '../../control/views'
import { api, type TransferTarget } from '../api'
import { useNotices } from '../notices'
import { Menu } from '../ui/menu'

type Props = { chat: ChatView; agent: AgentView; snapshot: Snapshot }

export const TransferMenu = ({ chat, agent, snapshot }: Props) => {
  const { attempt } = useNotices()
  const transfer = (to: TransferTarget) => () => void attempt(api.transfer(chat.chatId, agent.id, to))
  const colleagues = snapshot.agents.filter(({ id }) => !chat.agentIds.includes(id))
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
          ...(status === 'offline' ? { isDisabled: true, hint: 'offline' } : {}),
          onChoose: transfer({ agent: id }),
        })),
        { heading: 'Groups' },
        ...snapshot.groups.map(({ id, name }) => ({
          id: `group-${id}`,
          label: (
            <>
              <Icon source={Group} size="small" /> {name}
            </>
          ),
          onChoose: transfer({ group: id }),
        })),
      ]}
    >
      Transfer
    </Menu>
  )
}
