import { useCallback, useLayoutEffect, useRef, useState } from 'react'
import { EmptyState, Icon } from '@livechat/design-system-react-components'
import { Chats } from '@livechat/design-system-icons'
import { useShown } from '../live/connection'
import { useAddressed, useStored } from '../preferences'
import { useKeptFocus } from '../ui/kept-focus'
import { AgentBar } from './agent-bar'
import { groupChats } from './chat-groups'
import { ChatList } from './chat-list'
import { ChatView } from './chat-view'
import { CustomerCard } from './customer-card'
import { useBell, useSeen } from './unread'

/** Where the focus goes on a phone, where each part of the desk hides the others. */
const firstIn = { list: '.chat-item', chat: '.chat__head button', card: '.card button' } as const

/** The agent's side. It looks like LiveChat's app and uses LiveChat's public components. */
export const DeskPane = ({ chatId, onChat }: { chatId: string; onChat: (chatId: string) => void }) => {
  const agents = useShown((state) => state.agents)
  const chats = useShown((state) => state.chats)
  const [wantedAgent, setAgent] = useAddressed('agent', '')
  const [isSoundOn, setSoundOn] = useStored('sound', true)
  const [isCardOpen, setCardOpen] = useState(false)
  const agent = agents.find(({ id }) => id.split('@')[0] === wantedAgent) ?? agents[0]
  const chat = chats.find((each) => each.chatId === chatId)
  useSeen(chat, agent?.id ?? '')
  useBell(agent?.id ?? '', isSoundOn)
  const view = chat ? (isCardOpen ? 'card' : 'chat') : 'list'
  const root = useRef<HTMLElement>(null)
  useKeptFocus(root, view, (element) => element.querySelector<HTMLElement>(firstIn[view]))
  const open = useStable((id: string): void => {
    onChat(id)
    setCardOpen(false)
  })
  if (!agent) return null
  return (
    <section className="pane desk" aria-label="Agent" data-view={view} ref={root}>
      <AgentBar
        agent={agent}
        onAgent={(id) => setAgent(id.split('@')[0] ?? '')}
        isSoundOn={isSoundOn}
        onSound={setSoundOn}
      />
      <div className="desk__columns">
        <ChatList
          agentId={agent.id}
          agentName={agent.name}
          groups={groupChats(chats, agent.id)}
          chatId={chat?.chatId}
          onOpen={open}
        />
        {chat ? (
          <>
            <ChatView
              key={`${chat.chatId} ${agent.id}`}
              chat={chat}
              agent={agent}
              onBack={() => open('')}
              onCard={() => setCardOpen(true)}
            />
            <CustomerCard chat={chat} agent={agent} onBack={() => setCardOpen(false)} />
          </>
        ) : (
          <div className="desk__empty">
            <EmptyState
              centered
              icon={<Icon source={Chats} size="xlarge" />}
              title={chats.length === 0 ? 'No chats yet' : 'Choose a chat'}
              description={
                chats.length === 0
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

/** Always the same function, so that the lines of a list need not be rendered again because of it. */
const useStable = (run: (id: string) => void): ((id: string) => void) => {
  const latest = useRef(run)
  useLayoutEffect(() => {
    latest.current = run
  })
  return useCallback((id: string) => latest.current(id), [])
}
