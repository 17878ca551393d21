import { useEffect, useState, type SubmitEvent } from 'react'
import { Button } from '@livechat/design-system-react-components'
import { api, type Form, type Saved } from '../api'
import { useNotices } from '../notices'
import { useBusy } from '../ui/busy'
import { SchemaFields } from './schema-fields'

/** The configuration of the integration, as the bot's owner fills it in. */
export const Settings = () => {
  const { attempt } = useNotices()
  const { once } = useBusy()
  const [form, setForm] = useState<Form>()
  const [changed, setChanged] = useState<Record<string, unknown>>({})
  const [saved, setSaved] = useState<Saved>()
  const load = () =>
    api.configuration().then((answer) => {
      setForm(answer)
      setChanged({})
    })
  useEffect(() => {
    void attempt(load())
  }, [attempt])
  const save = (work: () => Promise<Saved>): void =>
    void once(() =>
      attempt(
        work().then((answer) => {
          setSaved(answer)
          return load()
        }),
      ),
    )
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    save(() => api.changeConfiguration(changed))
  }
  if (!form) return null
  const values = { ...form.values, ...changed }
  const hasAccess = form.values['agentAccess'] !== undefined
  return (
    <form className="controls__form" onSubmit={submit}>
      <p className="controls__line">
        <span>{hasAccess ? 'Agent access is set up.' : 'There is no agent access.'}</span>
        <Button kind="secondary" size="xcompact" onClick={() => save(() => api.setAgentAccess(!hasAccess))}>
          {hasAccess ? 'Remove it' : 'Set it up with a new token'}
        </Button>
      </p>
      <SchemaFields
        schema={form.schema}
        values={values}
        onChange={(next) =>
          setChanged(Object.fromEntries(Object.entries(next).filter(([name, value]) => value !== form.values[name])))
        }
      />
      <p className="controls__save">
        <Button kind="primary" size="compact" type="submit">
          Save
        </Button>
        <span role="status">{saved && (saved.reason ?? saved.status.replaceAll('_', ' '))}</span>
      </p>
    </form>
  )
}
