import { Button, Icon } from '@livechat/design-system-react-components'
import { Bot, Hourglass, Support } from '@livechat/design-system-icons'
import type { ChatView, PersonView } from '../../control/views'
import { api } from '../api'
import { useNotices } from '../notices'

/** Shows who this end user is talking to at the moment, and lets them go back to the bot. */
export const SessionStrip = ({ person, chats }: { person: PersonView; chats: ChatView[] }) => {
  const { attempt } = useNotices()
  const { active, agentName } = person.session
  const chat = chats.find(({ chatId }) => chatId === person.chatId)
  const place = chat?.queuePosition
  const state = !active ? 'bot' : chat?.state === 'assigned' ? 'agent' : 'waiting'
  const text = {
    bot: 'Talking to the bot',
    waiting: place === undefined ? 'Waiting for a person' : `Waiting · place ${place} in the queue`,
    agent: agentName ? `Talking to ${agentName}` : 'An agent is joining',
  }[state]
  return (
    <div className="session-strip" data-state={state} data-testid="session">
      <Icon source={{ bot: Bot, waiting: Hourglass, agent: Support }[state]} size="small" />
      <span className="session-strip__text">{text}</span>
      {active && (
        <Button kind="plain" size="xcompact" onClick={() => void attempt(api.endSession(person.id))}>
          End chat
        </Button>
      )}
    </div>
  )
}
