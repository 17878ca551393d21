import { Button, Icon, Tag } from '@livechat/design-system-react-components'
import { AppSettings, DayMode, NightMode, PlayArrow } from '@livechat/design-system-icons'
import { api } from './api'
import { dayAndTime } from './format'
import { untilShown, useLive, useShown } from './live/connection'
import { useNotices } from './notices'
import { useBusy } from './ui/busy'
import { IconButton } from './ui/icon-button'

export type Theme = 'light' | 'dark'

type Props = {
  theme: Theme
  onTheme: (theme: Theme) => void
  onPerson: (id: string) => void
  onChat: (chatId: string) => void
  areControlsOpen: boolean
  onControls: (areOpen: boolean) => void
}

export const TopBar = ({ theme, onTheme, onPerson, onChat, areControlsOpen, onControls }: Props) => {
  const { attempt } = useNotices()
  const { isBusy, once } = useBusy()
  const recordedAt = useShown((state) => state.recordedAt)
  const other = theme === 'dark' ? 'light' : 'dark'
  const play = async (): Promise<void> => {
    const { personId } = await api.play()
    await untilShown(({ people }) => people.some(({ id }) => id === personId))
    onPerson(personId)
    let chatId: string | undefined
    await untilShown(({ people }) => (chatId = people.find(({ id }) => id === personId)?.chatId) !== undefined)
    onChat(chatId ?? '')
  }
  return (
    <header className="top-bar">
      <img className="top-bar__logo" src="/favicon.svg" alt="" width="32" height="32" />
      <h1 className="top-bar__title">
        LiveChat HITL <span>Sandbox</span>
      </h1>
      <Status />
      {recordedAt === undefined && (
        <>
          <Button
            kind="secondary"
            size="compact"
            icon={<Icon source={PlayArrow} size="small" />}
            loading={isBusy}
            aria-label="Play a handoff"
            onClick={() => void once(() => attempt(play()))}
          >
            <span className="only-wide">Play a handoff</span>
          </Button>
          <Button
            id="controls-opener"
            kind="secondary"
            size="compact"
            icon={<Icon source={AppSettings} size="small" />}
            aria-label="Controls"
            aria-expanded={areControlsOpen}
            onClick={() => onControls(!areControlsOpen)}
          >
            <span className="only-wide">Controls</span>
          </Button>
        </>
      )}
      <IconButton
        label={`Switch to ${other} colors`}
        icon={theme === 'dark' ? DayMode : NightMode}
        onClick={() => onTheme(other)}
      />
    </header>
  )
}

/** How the installation is, and a word about this page if there is nothing else to say. */
const Status = () => {
  const isConnected = useLive((live) => live.isConnected)
  const { status, reason } = useShown((state) => state.installation)
  const recordedAt = useShown((state) => state.recordedAt)
  if (recordedAt !== undefined) {
    return (
      <>
        <Tag size="small">Recording</Tag>
        <p className="top-bar__hint">
          A session that was exported on {dayAndTime(recordedAt)}. It can only be looked at.
        </p>
      </>
    )
  }
  if (!isConnected)
    return (
      <Tag kind="error" size="small">
        Not running
      </Tag>
    )
  const isRegistered = status === 'registered'
  return (
    <>
      <Tag kind={isRegistered ? 'success' : 'error'} size="small">
        {isRegistered ? 'Registered' : status.replaceAll('_', ' ')}
      </Tag>
      {isRegistered || reason === undefined ? (
        <p className="top-bar__hint">
          You are the customer on the left and the agent on the right. Nothing leaves this machine.
        </p>
      ) : (
        <p className="top-bar__hint" role="alert" title={reason}>
          {reason}
        </p>
      )}
    </>
  )
}
