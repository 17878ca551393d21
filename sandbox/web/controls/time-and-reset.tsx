import { Button } from '@livechat/design-system-react-components'
import { api } from '../api'
import { exactTime } from '../format'
import { useShown } from '../live/connection'
import { useNotices } from '../notices'
import { useBusy } from '../ui/busy'

const MINUTE_MS = 60_000
const moves = [
  ['10 seconds', MINUTE_MS / 6],
  ['1 minute', MINUTE_MS],
  ['15 minutes', 15 * MINUTE_MS],
  ['1 hour', 60 * MINUTE_MS],
  ['9 hours', 9 * 60 * MINUTE_MS],
] as const

/** The clock of everything here, and a new beginning. */
export const TimeAndReset = () => {
  const { attempt } = useNotices()
  const { isBusy, once } = useBusy()
  const nowMs = useShown((state) => state.nowMs)
  return (
    <div className="controls__form">
      <section className="controls__action">
        <h3>Clock</h3>
        <p>
          Moves the time of both vendors and of the integration. What was due meanwhile happens at once. When something
          last happened, it was {exactTime(nowMs)}.
        </p>
        <p className="controls__buttons">
          {moves.map(([label, ms]) => (
            <Button
              key={label}
              kind="secondary"
              size="compact"
              aria-label={`Move the clock on by ${label}`}
              onClick={() => void once(() => attempt(api.moveClock(ms)))}
            >
              {`+ ${label}`}
            </Button>
          ))}
        </p>
        <p>Chats are closed for inactivity after 8 hours here; the knob inactivityMs changes this for new messages.</p>
      </section>
      <section className="controls__action">
        <h3>Start again</h3>
        <p>Forgets all customers, chats, settings and requests.</p>
        <Button kind="secondary" size="compact" loading={isBusy} onClick={() => void once(() => attempt(api.reset()))}>
          Reset the sandbox
        </Button>
      </section>
    </div>
  )
}
