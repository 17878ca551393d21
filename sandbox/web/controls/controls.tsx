import { useEffect, useRef, useState } from 'react'
import { Close } from '@livechat/design-system-icons'
import { IconButton } from '../ui/icon-button'
import { Actions } from './actions'
import { Knobs } from './knobs'
import { Settings } from './settings'
import { StartCardForm } from './start-card-form'
import { TimeAndReset } from './time-and-reset'

const tabs = [
  ['settings', 'Settings'],
  ['start-card', 'Start card'],
  ['actions', 'Actions'],
  ['time', 'Time'],
  ['knobs', 'Knobs'],
] as const

type Tab = (typeof tabs)[number][0]

/** What the bot's owner and builder can set, what the bot can call, and what nobody can know about the vendors. */
export const Controls = ({ onClose }: { onClose: () => void }) => {
  const [tab, setTab] = useState<Tab>('settings')
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    panel.current?.focus()
  }, [])
  return (
    <aside
      ref={panel}
      className="controls"
      aria-label="Controls"
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <header className="controls__head">
        <h2>Controls</h2>
        <IconButton label="Close the controls" icon={Close} onClick={onClose} />
      </header>
      <div className="controls__tabs" role="group" aria-label="Kind of controls">
        {tabs.map(([id, label]) => (
          <button key={id} type="button" aria-pressed={tab === id} onClick={() => setTab(id)}>
            {label}
          </button>
        ))}
      </div>
      <div className="controls__body" tabIndex={0} role="region" aria-label={tabs.find(([id]) => id === tab)?.[1]}>
        {tab === 'settings' && <Settings />}
        {tab === 'start-card' && <StartCardForm />}
        {tab === 'actions' && <Actions />}
        {tab === 'time' && <TimeAndReset />}
        {tab === 'knobs' && <Knobs />}
      </div>
    </aside>
  )
}
