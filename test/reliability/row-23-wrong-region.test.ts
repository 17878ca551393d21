import { afterEach, describe, expect, it } from 'vitest'
import { errorFault } from '../../sandbox/livechat'
import type { Sandbox } from '../../sandbox/start-sandbox'
import { startTalk, userSays } from '../helpers/talk'
import { reportedFailures, startWithOneAgent } from './helpers/deliveries'
import { record } from './helpers/measure'

let sandbox: Sandbox
afterEach(() => sandbox.close())

const sends = (mark: number): (number | undefined)[] =>
  sandbox.ledger.since(mark, { kind: 'call', name: 'customer/send_event' }).map(({ status }) => status)

describe('row 23: the wrong region is followed once', () => {
  it('with a license in another region a whole session works, and each call is repeated at most once', async () => {
    sandbox = await startWithOneAgent()
    sandbox.livechat.knobs.region = 'fra'
    const talk = await startTalk(sandbox)
    const mark = sandbox.ledger.mark()
    await userSays(sandbox, talk.user, 'one')
    await userSays(sandbox, talk.user, 'two')
    expect(talk.agentSees().slice(-2)).toEqual(['Teal: one', 'Teal: two'])
    expect(sends(mark).filter((status) => status === 200)).toHaveLength(2)
    // The region is learned once: the process does not ask the wrong region again.
    expect(sends(mark).length).toBeLessThanOrEqual(3)
    record({
      row: 23,
      what: 'sessions in another region',
      n: 1,
      failures: 0,
      note: `${sends(mark).length} calls for 2 sends`,
    })
  })

  it('a loop of regions costs at most two calls and gives a clear error', async () => {
    sandbox = await startWithOneAgent()
    const talk = await startTalk(sandbox)
    sandbox.faults.livechat.add({
      route: 'customer/send_event',
      times: Infinity,
      effect: errorFault('misdirected_request', 'before', { region: 'dal' }),
    })
    const mark = sandbox.ledger.mark()
    await userSays(sandbox, talk.user, 'Hello?')
    record({
      row: 23,
      what: 'loops of regions',
      n: 1,
      failures: sends(mark).length > 2 ? 1 : 0,
      note: `${sends(mark).length} calls`,
    })
    expect(sends(mark).length).toBeLessThanOrEqual(2)
    expect([...reportedFailures(sandbox)]).toEqual(['Hello?'])
    expect(JSON.stringify(sandbox.installation.logs())).toMatch(/A message was not delivered to LiveChat: .*region/)
  })
})
