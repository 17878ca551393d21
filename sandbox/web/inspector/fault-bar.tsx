import { useEffect, useState } from 'react'
import { Button, Icon } from '@livechat/design-system-react-components'
import { BugReport } from '@livechat/design-system-icons'
import type { CommonFault } from '../../control/views'
import { api } from '../api'
import { useShown } from '../live/connection'
import { useNotices } from '../notices'
import { Menu } from '../ui/menu'

/** Breaks something on purpose, so that one can watch the integration recover. */
export const FaultBar = () => {
  const { attempt } = useNotices()
  const isRecorded = useShown(({ recordedAt }) => recordedAt !== undefined)
  const armed = useShown((state) => state.faults.length + Number(state.duplicatesNext))
  const [faults, setFaults] = useState<CommonFault[]>([])
  const [done, setDone] = useState('')
  useEffect(() => {
    void attempt(api.commonFaults().then(({ common }) => setFaults(common)))
  }, [attempt])
  const arm = async ({ id, title }: CommonFault): Promise<void> => {
    if (await attempt(api.armFault(id))) setDone(title)
  }
  if (isRecorded) return null
  return (
    <div className="faults" role="group" aria-label="Faults">
      {/* Always as wide as its longest text: nothing may move when it appears. */}
      <span className="faults__armed" role="status" data-armed={armed > 0}>
        {armed > 0 ? `${armed} ${armed === 1 ? 'fault' : 'faults'} armed` : done && `Done: ${done}`}
      </span>
      <Menu
        name="Faults"
        kind="secondary"
        size="compact"
        icon={<Icon source={BugReport} size="small" />}
        options={[
          { heading: 'Break something, once' },
          ...faults.map((fault) => ({
            id: fault.id,
            label: fault.title,
            hint: fault.explains,
            onChoose: () => void arm(fault),
          })),
        ]}
      >
        <span className="faults__label">Faults</span>
      </Menu>
      <Button kind="plain" size="compact" disabled={armed === 0} onClick={() => void attempt(api.clearFaults())}>
        Disarm
      </Button>
    </div>
  )
}
