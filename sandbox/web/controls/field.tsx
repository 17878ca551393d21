import { useId, type ReactNode } from 'react'

/** What connects an input with its name and its explanation. */
export type FieldIds = { id: string; 'aria-describedby'?: string }

type Props = {
  title: ReactNode
  hint?: string | undefined
  isCheck?: boolean
  children: (ids: FieldIds) => ReactNode
}

/** An input with its name, and an explanation that screen readers tell after the name, not as a part of it. */
export const Field = ({ title, hint, isCheck = false, children }: Props) => {
  const id = useId()
  const input = children(hint === undefined ? { id } : { id, 'aria-describedby': `${id}-hint` })
  const label = <label htmlFor={id}>{title}</label>
  return (
    <div className={isCheck ? 'field field--check' : 'field'}>
      {isCheck && input}
      {label}
      {!isCheck && input}
      {hint !== undefined && <small id={`${id}-hint`}>{hint}</small>}
    </div>
  )
}
