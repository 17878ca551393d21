const GAP = 4

/** Below the button, or above it if there is no room; always inside the window. */
export const place = (list: HTMLElement, around: DOMRect): void => {
  const { offsetWidth, offsetHeight } = list
  const fitsBelow = around.bottom + GAP + offsetHeight <= innerHeight
  const top = fitsBelow ? around.bottom + GAP : Math.max(GAP, around.top - GAP - offsetHeight)
  const left = Math.min(around.left, innerWidth - offsetWidth - 2 * GAP)
  Object.assign(list.style, { top: `${top}px`, left: `${Math.max(GAP, left)}px` })
}
