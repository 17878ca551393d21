import { useEffect, useState } from 'react'
import { Button, Icon, Tag, Tooltip } from '@livechat/design-system-react-components'
import { BugReport, MoreHoriz } from '@livechat/design-system-icons'
import type { CommonFault, Snapshot } from '../../control/views'
import { api } from '../api'
import { useNotices } from '../notices'
import { Menu } from '../ui/menu'

const SHOWN = 3

/** Breaks something on purpose, so that one can watch the integration recover. */
export const FaultBar = ({ snapshot }: { snapshot: Snapshot }) => {
  const { attempt, tell } = useNotices()
  const [faults, setFaults] = useState<CommonFault[]>([])
  useEffect(() => {
    void attempt(api.commonFaults().then(({ common }) => setFaults(common)))
  }, [attempt])
  const arm = (fault: CommonFault) => async (): Promise<void> => {
    if (await attempt(api.armFault(fault.id))) tell(fault.explains)
  }
  const pending = snapshot.faults.length + Number(snapshot.duplicatesNext)
  return (
    <div className="faults" role="group" aria-label="Faults">
      <Icon source={BugReport} size="small" />
      {faults.slice(0, SHOWN).map((fault) => (
        <Tooltip
          key={fault.id}
          placement="top"
          triggerRenderer={
            <Button kind="secondary" size="xcompact" onClick={() => void arm(fault)()}>
              {fault.title}
            </Button>
          }
        >
          {fault.explains}
        </Tooltip>
      ))}
      <Menu
        name="More faults"
        size="xcompact"
        icon={<Icon source={MoreHoriz} size="small" />}
        options={faults.slice(SHOWN).map((fault) => ({
          id: fault.id,
          label: fault.title,
          hint: fault.explains,
          onChoose: () => void arm(fault)(),
        }))}
      />
      {pending > 0 && (
        <Tag size="small" kind="warning" onRemove={() => void attempt(api.clearFaults())}>
          {`${pending} ${pending === 1 ? 'fault' : 'faults'} armed`}
        </Tag>
      )}
    </div>
  )
}
