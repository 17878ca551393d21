import { describe, expect, it } from 'vitest'
import { createWorld, hasIt } from '../../../test/helpers/announcing-world'
import { applyNews, noteSpeaker, recordCutOff } from './announce-agent'

describe('an announcement that was cut off before its record', () => {
  const cutOff = async (userId = 'agent-1') => {
    const world = createWorld()
    const sleep = (): Promise<void> => new Promise(() => undefined)
    const scope = { ...world.scope, runtime: { ...world.scope.runtime, sleep } }
    let answer = (): void => undefined
    world.slow.set('createEvent', new Promise((resolve) => (answer = resolve)))
    world.failures.add('updateConversation')
    const announcing = applyNews(scope, world.session, hasIt(userId)).catch(() => undefined)
    await expect.poll(() => world.log).toEqual([`hitlAssigned ${userId}`])
    const arrive = async (): Promise<void> => {
      answer()
      await announcing
      world.failures.clear()
    }
    return { ...world, scope, arrive }
  }

  it('is recorded once its answer has come', async () => {
    const { scope, session, log, arrive } = await cutOff()
    await arrive()
    expect(await recordCutOff(scope, session, { isUnread: true })).toBe(true)
    expect(log).toEqual(['hitlAssigned agent-1', 'record agent-1'])
    expect(session).toMatchObject({ holder: { kind: 'agent', userId: 'agent-1' }, isUnread: true })
  })

  it('is not recorded if somebody else has the session by then', async () => {
    const { scope, session, log, arrive } = await cutOff()
    await arrive()
    // A look-up has shown what another process recorded.
    Object.assign(session, { holder: { kind: 'agent', userId: 'agent-2' } })
    const before = [...log]
    expect(await recordCutOff(scope, session, {})).toBe(false)
    expect(log).toEqual(before)
  })

  it('is not made again after the words of another agent', async () => {
    const { scope, session, log, arrive } = await cutOff()
    await arrive()
    await noteSpeaker(scope, session, 'agent-2')
    await applyNews(scope, session, hasIt('agent-1'))
    expect(log.filter((entry) => entry !== 'look up user')).toEqual(['hitlAssigned agent-1', 'record agent-1'])
    expect(session.holder).toEqual({ kind: 'agent', userId: 'agent-1' })
  })

  it('is recorded before the session goes back to the queue, so the end user reads that they wait again', async () => {
    const { scope, session, log, arrive } = await cutOff()
    await arrive()
    await applyNews(scope, session, { kind: 'backInQueue' })
    expect(log.slice(1)).toEqual(['record agent-1', 'message by ourselves', 'record gone agent-1 queue'])
  })

  it('is not made again under another user of the same agent', async () => {
    const { scope, session, log, arrive } = await cutOff('amber-1')
    await arrive()
    await applyNews(scope, session, hasIt('amber-2'))
    expect(log.filter((entry) => entry.startsWith('hitlAssigned'))).toEqual(['hitlAssigned amber-1'])
  })

  it('is made again when the agent comes back from the queue', async () => {
    const { scope, session, log, arrive } = await cutOff()
    await arrive()
    await noteSpeaker(scope, session, 'agent-2')
    await applyNews(scope, session, { kind: 'backInQueue' })
    await applyNews(scope, session, hasIt('agent-1'))
    expect(log.filter((entry) => entry === 'hitlAssigned agent-1')).toHaveLength(2)
  })
})
