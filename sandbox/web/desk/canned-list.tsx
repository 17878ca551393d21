import type { Canned } from './canned'

type Props = { found: Canned[]; chosen: Canned | undefined; onChoose: (canned: Canned) => void }

export const cannedOptionId = ({ id }: Canned): string => `canned-${id}`

/** The focus stays in the field, which names the chosen option to screen readers. */
export const CannedList = ({ found, chosen, onChoose }: Props) => (
  <ul className="canned" id="canned-answers" role="listbox" aria-label="Canned responses">
    {found.map((canned) => (
      <li
        key={canned.id}
        id={cannedOptionId(canned)}
        role="option"
        aria-selected={canned === chosen}
        onMouseDown={(event) => {
          event.preventDefault()
          onChoose(canned)
        }}
      >
        <strong>{`#${canned.id}`}</strong>
        <span>{'text' in canned ? canned.text : canned.hint}</span>
      </li>
    ))}
  </ul>
)
