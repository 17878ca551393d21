import { useEffect, useState } from 'react'
import { api, type KnobChoice } from '../api'
import { useNotices } from '../notices'
import { Field } from './field'

type Side = 'livechat' | 'botpress'
type Sides = Record<Side, KnobChoice[]>

const names = { livechat: 'LiveChat', botpress: 'Botpress and its HITL plugin' } as const

/** What no document says about the vendors: how the emulators behave is a choice. */
export const Knobs = () => {
  const { attempt } = useNotices()
  const [sides, setSides] = useState<Sides>()
  useEffect(() => {
    void attempt(api.knobs().then(setSides))
  }, [attempt])
  const set = (side: Side, name: string, value: unknown): void =>
    void attempt(
      api
        .changeKnob(side, name, value)
        .then(() => api.knobs())
        .then(setSides),
    )
  if (!sides) return null
  return (
    <div className="controls__form">
      <p>No document of the vendors settles these. Whatever you choose, the integration should cope with it.</p>
      {(['livechat', 'botpress'] as const).map((side) => (
        <fieldset key={side} className="field-group">
          <legend>{names[side]}</legend>
          {sides[side].map((knob) => (
            <Knob key={knob.name} knob={knob} onValue={(value) => set(side, knob.name, value)} />
          ))}
        </fieldset>
      ))}
    </div>
  )
}

const Knob = ({
  knob: { name, explains, value, others, note },
  onValue,
}: {
  knob: KnobChoice
  onValue: (value: unknown) => void
}) => {
  // The first time a knob is seen, its value is the usual one, which must stay among the choices.
  const [choices] = useState([...new Set([value, ...others])])
  const label = <span className="field__knob">{name}</span>
  const hint = note === undefined ? explains : `${explains} No doubt: ${note}.`
  if (typeof value === 'boolean' && choices.every((choice) => typeof choice === 'boolean')) {
    return (
      <Field title={label} hint={hint} isCheck>
        {(ids) => (
          <input {...ids} type="checkbox" checked={value} onChange={(event) => onValue(event.target.checked)} />
        )}
      </Field>
    )
  }
  if (choices.length > 1) {
    return (
      <Field title={label} hint={hint}>
        {(ids) => (
          <select
            {...ids}
            value={JSON.stringify(value)}
            onChange={(event) => onValue(JSON.parse(event.target.value) as unknown)}
          >
            {choices.map((choice) => (
              <option key={JSON.stringify(choice)} value={JSON.stringify(choice)}>
                {String(choice)}
              </option>
            ))}
          </select>
        )}
      </Field>
    )
  }
  return (
    <Field title={label} hint={hint}>
      {(ids) => (
        <input
          {...ids}
          type="number"
          defaultValue={typeof value === 'number' ? value : ''}
          onBlur={({ target }) => {
            if (target.value !== '' && Number(target.value) !== value) onValue(Number(target.value))
          }}
        />
      )}
    </Field>
  )
}
