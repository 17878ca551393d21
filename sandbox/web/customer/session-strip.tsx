import { Button, Icon } from '@livechat/design-system-react-components'
import { Bot, Hourglass, Support } from '@livechat/design-system-icons'
import type { PersonView } from '../../control/views'
import { api } from '../api'
import { useShown } from '../live/connection'
import { useNotices } from '../notices'
import { useBusy } from '../ui/busy'

/** Shows who this end user is talking to at the moment, and lets them go back to the bot. */
export const SessionStrip = ({ person }: { person: PersonView }) => {
  const { attempt } = useNotices()
  const { once } = useBusy()
  const chat = useShown(({ chats }) => chats.find(({ chatId }) => chatId === person.chatId))
  const { active, agentName } = person.session
  const isRecorded = useShown(({ recordedAt }) => recordedAt !== undefined)
  const place = chat?.queuePosition
  const state = !active ? 'bot' : chat?.state === 'assigned' ? 'agent' : 'waiting'
  const text = {
    bot: 'Talking to the bot',
    waiting: place === undefined ? 'Waiting for a person' : `Waiting · place ${place} in the queue`,
    agent: agentName ? `Talking to ${agentName}` : 'An agent is joining',
  }[state]
  const isFailed = person.messages.findLast(({ from }) => from === 'me')?.delivery === 'failed'
  return (
    <div className="session-strip" data-state={state} data-testid="session">
      <Icon source={{ bot: Bot, waiting: Hourglass, agent: Support }[state]} size="small" />
      <span className="session-strip__text">{text}</span>
      {isFailed && (
        <strong className="session-strip__failed" role="alert">
          The last message did not reach LiveChat
        </strong>
      )}
      {active && !isRecorded && (
        <Button kind="plain" size="xcompact" onClick={() => void once(() => attempt(api.endSession(person.id)))}>
          End chat
        </Button>
      )}
    </div>
  )
}
