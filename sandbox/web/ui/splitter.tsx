import { useRef, type KeyboardEvent, type PointerEvent } from 'react'

type Props = {
  label: string
  /** `height`: a line between two panes, one above the other. `width`: between two side by side. */
  resizes: 'height' | 'width'
  /** Size in pixels of the pane that is resized. */
  size: number
  min: number
  max: number
  /** Whether the pane grows when the line moves right or down. */
  growsForward: boolean
  onSize: (size: number) => void
}

const STEP_PX = 24

/** A line between two panes that can be dragged, or moved with the arrow keys. */
export const Splitter = ({ label, resizes, size, min, max, growsForward, onSize }: Props) => {
  const start = useRef<{ at: number; size: number }>(undefined)
  const limit = (next: number): number => Math.round(Math.min(max, Math.max(min, next)))
  const sign = growsForward ? 1 : -1
  const at = (event: PointerEvent): number => (resizes === 'height' ? event.clientY : event.clientX)
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key]
    if (steps === undefined) return
    event.preventDefault()
    onSize(limit(size + sign * steps * STEP_PX))
  }
  return (
    <div
      className="splitter"
      data-resizes={resizes}
      role="separator"
      aria-label={label}
      aria-orientation={resizes === 'height' ? 'horizontal' : 'vertical'}
      aria-valuenow={size}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = { at: at(event), size }
      }}
      onPointerMove={(event) => {
        if (start.current) onSize(limit(start.current.size + sign * (at(event) - start.current.at)))
      }}
      onPointerUp={() => {
        start.current = undefined
      }}
    />
  )
}
