import type { FieldSchema } from '../api'
import { Field, type FieldIds } from './field'

export type Values = Record<string, unknown>
type Props = { schema: FieldSchema; values: Values; onChange: (values: Values) => void }

/** The fields of a form in Botpress, made from its schema. */
export const SchemaFields = ({ schema, values, onChange }: Props) =>
  Object.entries(schema.properties ?? {}).map(([name, field]) => (
    <SchemaField
      key={name}
      name={name}
      field={field}
      value={values[name]}
      onValue={(value) => onChange({ ...values, [name]: value })}
    />
  ))

type FieldProps = { name: string; field: FieldSchema; value: unknown; onValue: (value: unknown) => void }

const SchemaField = ({ name, field, value, onValue }: FieldProps) => {
  const title = field['x-zui']?.title ?? field.title ?? name
  const shape = shapeOf(field)
  if (shape.properties) {
    return (
      <fieldset className="field-group">
        <legend>{title}</legend>
        {field.description !== undefined && <small>{field.description}</small>}
        <SchemaFields schema={shape} values={isRecord(value) ? value : {}} onChange={onValue} />
      </fieldset>
    )
  }
  if (shape.type === 'boolean') {
    return (
      <Field title={title} hint={field.description} isCheck>
        {(ids) => (
          <input
            {...ids}
            type="checkbox"
            checked={typeof value === 'boolean' ? value : shape.default === true}
            onChange={(event) => onValue(event.target.checked)}
          />
        )}
      </Field>
    )
  }
  return (
    <Field title={title} hint={field.description}>
      {(ids) => <TextField ids={ids} shape={shape} value={value} onValue={onValue} />}
    </Field>
  )
}

type TextProps = { ids: FieldIds; shape: FieldSchema; value: unknown; onValue: (value: unknown) => void }

const TextField = ({ ids, shape, value, onValue }: TextProps) => {
  const text = textOf(value)
  if (shape.enum) {
    return (
      <select {...ids} value={text || textOf(shape.default)} onChange={(event) => onValue(event.target.value)}>
        {shape.enum.map((option) => (
          <option key={String(option)}>{String(option)}</option>
        ))}
      </select>
    )
  }
  const isNumber = shape.type === 'number' || shape.type === 'integer'
  const isLong = shape.type === 'array' || shape.type === 'object'
  if (isLong) {
    return (
      <textarea
        {...ids}
        rows={3}
        spellCheck={false}
        placeholder={shape.type === 'array' ? '["vip", "kettle"]' : '{ "Order": "4711" }'}
        defaultValue={value === undefined ? '' : JSON.stringify(value)}
        onBlur={(event) => onValue(parsed(event.target.value))}
      />
    )
  }
  return (
    <input
      {...ids}
      type={isNumber ? 'number' : 'text'}
      value={text}
      placeholder={textOf(shape.default)}
      onChange={({ target }) => onValue(isNumber && target.value !== '' ? Number(target.value) : target.value)}
    />
  )
}

const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

/** A field that accepts anything still says first what it is for. */
const shapeOf = (field: FieldSchema): FieldSchema => {
  const [first] = field.anyOf ?? []
  return first ? { ...field, ...first } : field
}

const isRecord = (value: unknown): value is Values => typeof value === 'object' && value !== null

/** JSON, or the text itself, which the integration must cope with, too. */
const parsed = (text: string): unknown => {
  if (text.trim() === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
