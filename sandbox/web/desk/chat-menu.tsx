import { Icon } from '@livechat/design-system-react-components'
import { MoreHoriz } from '@livechat/design-system-icons'
import type { AgentView, ChatView } from '../../control/views'
import { api } from '../api'
import { useNotices } from '../notices'
import { Menu, type MenuOption } from '../ui/menu'

type Props = { chat: ChatView; agent: AgentView; isMine: boolean }

const GREETING = 'Hi! Do you need any help?'

/** What agents do more rarely, and what LiveChat does with a chat by itself. */
export const ChatMenu = ({ chat, agent, isMine }: Props) => {
  const { attempt } = useNotices()
  const { chatId, state, agentIds } = chat
  const isOpen = state !== 'closed'
  const isIn = agentIds.includes(agent.id)
  const option = (id: string, label: string, run: () => Promise<unknown>): MenuOption => ({
    id,
    label,
    onChoose: () => void attempt(run()),
  })
  return (
    <Menu
      name="More actions"
      icon={<Icon source={MoreHoriz} size="small" />}
      options={[
        { heading: 'As this agent' },
        ...(isMine ? [option('greet', 'Send an automatic greeting', () => api.greet(chatId, agent.id, GREETING))] : []),
        ...(isMine ? [option('leave', 'Leave the chat', () => api.act(chatId, 'leave', agent.id))] : []),
        ...(isOpen && !isIn ? [option('supervise', 'Supervise', () => api.act(chatId, 'supervise', agent.id))] : []),
        ...(isOpen ? [] : [option('reopen', 'Reopen the chat', () => api.act(chatId, 'reopen', agent.id))]),
        ...(isOpen
          ? [
              { heading: 'As LiveChat' },
              option('inactive', 'Close for inactivity', () =>
                api.closeByLiveChat(chatId, 'routing.archived_inactive'),
              ),
              option('disconnected', 'Close: the customer disconnected', () =>
                api.closeByLiveChat(chatId, 'archived_customer_disconnected'),
              ),
              option('archived', 'Close: archived by the system', () => api.closeByLiveChat(chatId, 'system_archived')),
              ...(state === 'assigned'
                ? [option('reassign', 'Give it to another agent: this one is silent', () => api.reassign(chatId))]
                : []),
            ]
          : []),
      ]}
    />
  )
}
