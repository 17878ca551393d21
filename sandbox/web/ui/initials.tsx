import { Avatar } from '@livechat/design-system-react-components'

type Props = { name: string; size: 'xxsmall' | 'small' | 'large' }

/** Stands for the picture of somebody whose name is beside it. Screen readers would otherwise read the letters, too. */
export const Initials = ({ name, size }: Props) => (
  <span className="initials" aria-hidden>
    <Avatar type="text" size={size} text={name} alt="" />
  </span>
)
