import { Button, Icon, Tag, Tooltip } from '@livechat/design-system-react-components'
import { DayMode, NightMode } from '@livechat/design-system-icons'
import type { Snapshot } from '../control/views'

export type Theme = 'light' | 'dark'

type Props = { snapshot: Snapshot; theme: Theme; onTheme: (theme: Theme) => void }

export const TopBar = ({ snapshot: { installation }, theme, onTheme }: Props) => {
  const isRegistered = installation.status === 'registered'
  const other = theme === 'dark' ? 'light' : 'dark'
  return (
    <header className="top-bar">
      <img className="top-bar__logo" src="/favicon.svg" alt="" width="28" height="28" />
      <h1 className="top-bar__title">
        LiveChat HITL <span>Sandbox</span>
      </h1>
      <Tag kind={isRegistered ? 'success' : 'error'} size="small">
        {isRegistered ? 'Registered' : installation.status.replaceAll('_', ' ')}
      </Tag>
      {isRegistered || installation.reason === undefined ? (
        <p className="top-bar__hint">
          You are the customer on the left and the agent on the right. Nothing leaves this machine.
        </p>
      ) : (
        <p className="top-bar__hint" role="alert" title={installation.reason}>
          {installation.reason}
        </p>
      )}
      <Tooltip
        placement="bottom-end"
        triggerRenderer={
          <Button
            kind="text"
            size="compact"
            aria-label={`Switch to ${other} colors`}
            icon={<Icon source={theme === 'dark' ? DayMode : NightMode} size="small" />}
            onClick={() => onTheme(other)}
          />
        }
      >
        Switch to {other} colors
      </Tooltip>
    </header>
  )
}
