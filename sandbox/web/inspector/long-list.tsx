import { useDeferredValue, useState, type ReactNode } from 'react'
import { Button } from '@livechat/design-system-react-components'
import { useStickToEnd } from '../ui/stick-to-end'

/** Lines that are rendered at first: more than the highest inspector shows. */
const FIRST_COUNT = 40
/** Lines that each press adds. */
const STEP = 120

type Props<Item> = { label: string; items: Item[]; empty: string; children: (item: Item) => ReactNode }

/** A list that follows its end. Only its latest lines are rendered, so that a long run costs no more than a short one. */
export const LongList = <Item,>({ label, items: latest, empty, children }: Props<Item>) => {
  // Both sides of the talk come first, also when the page opens: their lines are what people wait for.
  const items = useDeferredValue(latest, [])
  const [shownCount, setShownCount] = useState(FIRST_COUNT)
  const { list, isAtEnd, follow, onScroll } = useStickToEnd<HTMLDivElement>(items.at(-1))
  const hidden = Math.max(0, items.length - shownCount)
  return (
    <div className="inspector__body">
      <div className="inspector__list" ref={list} role="region" aria-label={label} tabIndex={0} onScroll={onScroll}>
        {latest.length === 0 && <p className="inspector__empty">{empty}</p>}
        {hidden > 0 && (
          <Button kind="plain" size="xcompact" onClick={() => setShownCount(shownCount + STEP)}>
            {`Show ${Math.min(hidden, STEP)} earlier lines`}
          </Button>
        )}
        {items.slice(hidden).map(children)}
      </div>
      {!isAtEnd && (
        <div className="to-latest">
          <Button kind="secondary" size="xcompact" onClick={follow}>
            Jump to latest
          </Button>
        </div>
      )}
    </div>
  )
}
