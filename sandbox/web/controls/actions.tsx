import { useState } from 'react'
import { Button } from '@livechat/design-system-react-components'
import { api } from '../api'
import { JsonView } from '../inspector/json-view'
import { useShown } from '../live/connection'
import { useNotices } from '../notices'

type Result = { title: string; output: unknown }

/** The actions that a bot can call, and what they answer. */
export const Actions = () => {
  const { attempt } = useNotices()
  const people = useShown((state) => state.people)
  const groups = useShown((state) => state.groups)
  const [groupId, setGroupId] = useState('')
  const [session, setSession] = useState('')
  const [comment, setComment] = useState('')
  const [result, setResult] = useState<Result>()
  const sessions = people.flatMap(({ name, session: { conversationId } }) =>
    conversationId === undefined ? [] : [{ name, conversationId }],
  )
  const rated = session || (sessions.at(-1)?.conversationId ?? '')
  const run = (title: string, type: string, input: object): void =>
    void attempt(api.runAction(type, input).then(({ output }) => setResult({ title, output })))
  const rate = (score: 'good' | 'bad'): void =>
    run(`Rate session: ${score}`, 'rateSession', {
      hitlConversationId: rated,
      score,
      ...(comment === '' ? {} : { comment }),
    })
  return (
    <div className="controls__form">
      <section className="controls__action">
        <h3>Check availability</h3>
        <label className="field">
          <span>Group</span>
          <select value={groupId} onChange={(event) => setGroupId(event.target.value)}>
            <option value="">None given</option>
            {groups.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <Button
          kind="secondary"
          size="compact"
          onClick={() =>
            run('Check availability', 'checkAvailability', groupId === '' ? {} : { groupId: Number(groupId) })
          }
        >
          Check availability
        </Button>
      </section>
      <section className="controls__action">
        <h3>Diagnose</h3>
        <Button kind="secondary" size="compact" onClick={() => run('Diagnose', 'diagnose', {})}>
          Diagnose
        </Button>
      </section>
      <section className="controls__action">
        <h3>Rate session</h3>
        <label className="field">
          <span>Session of</span>
          <select value={rated} onChange={(event) => setSession(event.target.value)}>
            {sessions.length === 0 && <option value="">No sessions yet</option>}
            {sessions.map(({ name, conversationId }) => (
              <option key={conversationId} value={conversationId}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>Comment</span>
          <input value={comment} onChange={(event) => setComment(event.target.value)} />
        </label>
        <p>
          <Button kind="secondary" size="compact" disabled={rated === ''} onClick={() => rate('good')}>
            Good
          </Button>{' '}
          <Button kind="secondary" size="compact" disabled={rated === ''} onClick={() => rate('bad')}>
            Bad
          </Button>
        </p>
      </section>
      {result && (
        <section className="controls__result" role="status">
          <h3>{result.title}</h3>
          {isEmpty(result.output) ? (
            <p>Done. This action returns nothing.</p>
          ) : (
            <JsonView text={JSON.stringify(result.output, undefined, 2)} />
          )}
        </section>
      )}
    </div>
  )
}

const isEmpty = (output: unknown): boolean =>
  typeof output === 'object' && output !== null && Object.keys(output).length === 0
