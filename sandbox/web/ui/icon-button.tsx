import type { ComponentProps } from 'react'
import { Button, Icon } from '@livechat/design-system-react-components'

type Props = { label: string; icon: ComponentProps<typeof Icon>['source']; onClick: () => void }

/** A button that only shows an icon. `label` is its name for screen readers. */
export const IconButton = ({ label, icon, onClick }: Props) => (
  <Button kind="text" size="compact" aria-label={label} icon={<Icon source={icon} />} onClick={onClick} />
)
