import { useState } from 'react'
import { EmptyState, Icon } from '@livechat/design-system-react-components'
import { Chats } from '@livechat/design-system-icons'
import type { Snapshot } from '../../control/views'
import { useStored } from '../preferences'
import { AgentBar } from './agent-bar'
import { groupChats } from './chat-groups'
import { ChatList } from './chat-list'
import { ChatView } from './chat-view'
import { CustomerCard } from './customer-card'

/** The agent's side. It looks like LiveChat's app and uses LiveChat's public components. */
export const DeskPane = ({ snapshot }: { snapshot: Snapshot }) => {
  const [wantedAgent, setAgent] = useStored('agent', snapshot.agents[0]?.id ?? '')
  const [wantedChat, setChat] = useStored('chat', '')
  const [isCardOpen, setCardOpen] = useState(false)
  const agent = snapshot.agents.find(({ id }) => id === wantedAgent) ?? snapshot.agents[0]
  if (!agent) return null
  const chat = snapshot.chats.find(({ chatId }) => chatId === wantedChat)
  const open = (chatId: string): void => {
    setChat(chatId)
    setCardOpen(false)
  }
  return (
    <section className="pane desk" aria-label="Agent" data-view={chat ? (isCardOpen ? 'card' : 'chat') : 'list'}>
      <AgentBar snapshot={snapshot} agent={agent} onAgent={setAgent} />
      <div className="desk__columns">
        <ChatList agent={agent} groups={groupChats(snapshot.chats, agent.id)} chatId={chat?.chatId} onOpen={open} />
        {chat ? (
          <>
            <ChatView
              key={`${chat.chatId} ${agent.id}`}
              chat={chat}
              agent={agent}
              snapshot={snapshot}
              onBack={() => open('')}
              onCard={() => setCardOpen(true)}
            />
            <CustomerCard chat={chat} snapshot={snapshot} onBack={() => setCardOpen(false)} />
          </>
        ) : (
          <div className="desk__empty">
            <EmptyState
              centered
              icon={<Icon source={Chats} size="xlarge" />}
              title={snapshot.chats.length === 0 ? 'No chats yet' : 'Choose a chat'}
              description={
                snapshot.chats.length === 0
                  ? 'As the customer, ask the bot for a person. The chat will wait here to be picked up.'
                  : 'Pick one from the list on the left.'
              }
            />
          </div>
        )}
      </div>
    </section>
  )
}
