import { useId, useRef, useState, type KeyboardEvent, type ReactElement, type ReactNode } from 'react'
import { Button } from '@livechat/design-system-react-components'
import { place } from './place'

export type MenuOption =
  | { heading: string }
  | {
      id: string
      label: ReactNode
      hint?: string
      isDisabled?: boolean
      /** If given, the option is one of several to choose from. */
      isChosen?: boolean
      onChoose: () => void
    }

type Props = {
  /** The purpose of the menu, for screen readers. */
  name: string
  icon?: ReactElement
  /** What the button shows. Without it, the button shows only the icon. */
  children?: ReactNode
  kind?: 'text' | 'secondary'
  size?: 'xcompact' | 'compact'
  iconPosition?: 'left' | 'right'
  options: MenuOption[]
}

/**
 * A button with a menu that looks like LiveChat's. LiveChat's own puts ARIA states on a plain `div`, where they are not
 * allowed. This one is a native popover, so that the browser handles Escape, clicks elsewhere and the return of the
 * focus.
 */
export const Menu = ({
  name,
  icon,
  children,
  kind = 'text',
  size = 'compact',
  iconPosition = 'left',
  options,
}: Props) => {
  const id = useId()
  const button = useRef<HTMLButtonElement & HTMLAnchorElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)

  const onToggle = (state: string): void => {
    setOpen(state === 'open')
    if (state !== 'open' || !button.current || !list.current) return
    place(list.current, button.current.getBoundingClientRect())
    itemsOf(list.current)[0]?.focus()
  }
  return (
    <>
      <Button
        ref={button}
        kind={kind}
        size={size}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        {...(children === undefined ? { 'aria-label': name } : {})}
        {...(icon ? { icon, iconPosition } : {})}
        popoverTarget={id}
      >
        {children}
      </Button>
      <div
        ref={list}
        id={id}
        popover="auto"
        className="menu"
        role="menu"
        aria-label={name}
        onToggle={({ newState }) => onToggle(newState)}
        onKeyDown={moveFocus}
      >
        {options.map((option) =>
          'heading' in option ? (
            <p key={option.heading} role="presentation">
              {option.heading}
            </p>
          ) : (
            <button
              key={option.id}
              type="button"
              tabIndex={-1}
              disabled={option.isDisabled}
              role={option.isChosen === undefined ? 'menuitem' : 'menuitemradio'}
              {...(option.isChosen === undefined ? {} : { 'aria-checked': option.isChosen })}
              onClick={() => {
                list.current?.hidePopover()
                option.onChoose()
              }}
            >
              <span>{option.label}</span>
              {option.hint !== undefined && <small>{option.hint}</small>}
            </button>
          ),
        )}
      </div>
    </>
  )
}

const itemsOf = (list: Element): HTMLElement[] => [...list.querySelectorAll<HTMLElement>('button:enabled')]

const moveFocus = (event: KeyboardEvent<HTMLElement>): void => {
  const items = itemsOf(event.currentTarget)
  const present = items.indexOf(document.activeElement as HTMLElement)
  const next = { ArrowDown: present + 1, ArrowUp: present - 1, Home: 0, End: items.length - 1 }[event.key]
  if (next === undefined) return
  event.preventDefault()
  items[(next + items.length) % items.length]?.focus()
}
