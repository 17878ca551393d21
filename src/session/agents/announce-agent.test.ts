import { describe, expect, it } from 'vitest'
import { createWorld, hasIt } from '../../../test/helpers/announcing-world'
import type { Holder } from '../holder'
import { noteTags } from './agent-users'
import { applyNews, noteSpeaker } from './announce-agent'

describe('applyNews', () => {
  it('announces an agent who has the session, then records them', async () => {
    const { scope, session, log } = createWorld()
    await applyNews(scope, session, hasIt('agent-1'))
    expect(log).toEqual(['hitlAssigned agent-1', 'record agent-1'])
  })

  it('does not announce the same agent again', async () => {
    const { scope, session, log } = createWorld('agent-1')
    await applyNews(scope, session, hasIt('agent-1'))
    expect(log).toEqual([])
  })

  it('does not record an agent whose announcement failed, so that the next delivery announces them', async () => {
    const { scope, session, log, failures } = createWorld()
    failures.add('createEvent')
    await expect(applyNews(scope, session, hasIt('agent-1'))).rejects.toThrow('createEvent failed')
    expect(log).toEqual([])
    failures.clear()
    await applyNews(scope, session, hasIt('agent-1'))
    expect(log).toEqual(['hitlAssigned agent-1', 'record agent-1'])
  })

  it('fails if the agent cannot be recorded, since announcing twice is better than never', async () => {
    const { scope, session, log, failures } = createWorld()
    failures.add('updateConversation')
    await expect(applyNews(scope, session, hasIt('agent-1'))).rejects.toThrow('updateConversation failed')
    expect(log).toEqual(['hitlAssigned agent-1'])
  })

  it('announces once, if the step that announced is cut off before the answer comes', async () => {
    const { scope, session, log, slow } = createWorld()
    let answer = (): void => undefined
    slow.set('createEvent', new Promise((resolve) => (answer = resolve)))
    void applyNews(scope, session, hasIt('agent-1'))
    await expect.poll(() => log).toEqual(['hitlAssigned agent-1'])
    const sleep = (): Promise<void> => new Promise(() => undefined)
    const again = applyNews({ ...scope, runtime: { ...scope.runtime, sleep } }, session, hasIt('agent-1'))
    answer()
    await again
    expect(log.filter((entry) => entry === 'hitlAssigned agent-1')).toHaveLength(1)
    expect(log).toContain('record agent-1')
  })

  it('announces again, if the answer to an earlier announcement never comes', async () => {
    const { scope, session, log, slow } = createWorld()
    slow.set('createEvent', new Promise(() => undefined))
    void applyNews(scope, session, hasIt('agent-1'))
    await expect.poll(() => log).toEqual(['hitlAssigned agent-1'])
    slow.clear()
    const sleep = (): Promise<void> => Promise.resolve()
    await applyNews({ ...scope, runtime: { ...scope.runtime, sleep } }, session, hasIt('agent-1'))
    expect(log).toEqual(['hitlAssigned agent-1', 'hitlAssigned agent-1', 'record agent-1'])
  })

  it('does not announce the same agent by another user, whom another process knows', async () => {
    const { scope, session, log } = createWorld('amber-1')
    await applyNews(scope, session, hasIt('amber-2'))
    expect(log).toEqual(['look up user', 'look up user'])
    await applyNews(scope, session, { kind: 'agentLeft', userId: 'amber-2' })
    expect(log.at(-1)).toBe('record gone amber-1')
  })

  it('announces another agent after looking up, once, who was announced', async () => {
    const { scope, session, log } = createWorld('amber-1')
    noteTags(scope, 'agent-2', { livechatAgentId: 'two', livechatAgentEmail: 'two@example.com' })
    await applyNews(scope, session, hasIt('agent-2'))
    expect(log).toEqual(['look up user', 'hitlAssigned agent-2', 'record agent-2'])
  })

  const inQueue: Holder = { kind: 'queue', afterUserId: 'agent-1' }

  it.each([
    ['not', true, ['look up']],
    ['still', false, ['look up', 'hitlAssigned agent-2', 'record agent-2']],
  ])('if another process has recorded a change, an agent who has %s the session is compared again', async (...of) => {
    const [, isOutdated, expected] = of
    const { scope, session, log, advance, recordElsewhere } = createWorld('agent-1')
    recordElsewhere(inQueue)
    advance(1_001)
    await applyNews(scope, session, hasIt('agent-2'), { isOutdated: () => Promise.resolve(isOutdated) })
    expect(log.filter((entry) => entry !== 'look up user')).toEqual(expected)
  })

  it('announces nobody who has passed on the session while the claim took long', async () => {
    const { scope, session, log, advance, recordElsewhere, meanwhile } = createWorld('agent-1')
    meanwhile.push(() => {
      recordElsewhere(inQueue)
      advance(3_000)
    })
    await applyNews(scope, session, hasIt('agent-2'), { isOutdated: () => Promise.resolve(true) })
    expect(log.filter((entry) => entry !== 'look up user')).toEqual(['look up'])
  })

  it('records that the chat waits again, and then announces even the same agent', async () => {
    const { scope, session, log } = createWorld('agent-1')
    await applyNews(scope, session, { kind: 'backInQueue' })
    expect(log.at(-1)).toBe('record gone agent-1 queue')
    await noteSpeaker(scope, session, 'agent-1')
    expect(log.slice(-2)).toEqual(['hitlAssigned agent-1', 'record agent-1'])
  })

  it.each([
    ['nobody', '', ''],
    ['in the queue', 'agent-1', 'agent-1 queue'],
  ])('records no return to the queue when the recorded holder is %s', async (_holder, assigned, left) => {
    const { scope, session, log } = createWorld(assigned, left)
    await applyNews(scope, session, { kind: 'backInQueue' })
    expect(log).toEqual([])
  })
})

describe('noteSpeaker', () => {
  it('records the first agent who writes without announcing them, because the plugin does', async () => {
    const { scope, session, log } = createWorld()
    await noteSpeaker(scope, session, 'agent-1')
    expect(log).toEqual(['record agent-1'])
  })

  it('does not announce the first agent who writes a second time if the record fails', async () => {
    const { scope, session, log, failures } = createWorld()
    failures.add('updateConversation')
    await expect(noteSpeaker(scope, session, 'agent-1')).rejects.toThrow('updateConversation')
    failures.clear()
    await applyNews(scope, session, hasIt('agent-1'))
    expect(log).toEqual(['record agent-1'])
  })

  it('records the first agent who writes, although another process’s record cannot be looked up', async () => {
    const { scope, session, log, failures, advance } = createWorld()
    failures.add('getConversation')
    advance(1_001)
    await noteSpeaker(scope, session, 'agent-1')
    expect(log).toEqual(['record agent-1'])
  })

  it('makes no call for the agent who has the session', async () => {
    const { scope, session, log, advance } = createWorld('agent-1')
    advance(3_600_000)
    await noteSpeaker(scope, session, 'agent-1')
    expect(log).toEqual([])
  })

  it('does not announce a second agent who helps out', async () => {
    const { scope, session, log } = createWorld('agent-1')
    await noteSpeaker(scope, session, 'agent-2')
    expect(log).toEqual([])
  })

  it('records the agent once', async () => {
    const { scope, session, log } = createWorld()
    await noteSpeaker(scope, session, 'agent-1')
    await noteSpeaker(scope, session, 'agent-1')
    expect(log).toEqual(['record agent-1'])
  })

  it('looks up after a second whom another process has announced', async () => {
    const { scope, session, log, advance, recordElsewhere } = createWorld()
    recordElsewhere({ kind: 'agent', userId: 'agent-1' })
    advance(1_001)
    await noteSpeaker(scope, session, 'agent-1')
    expect(log).toEqual(['look up'])
  })

  it('does not look up the session within the second', async () => {
    const { scope, session, log, advance } = createWorld('agent-1')
    advance(1_000)
    await noteSpeaker(scope, session, 'agent-2')
    expect(log).toEqual([])
  })

  it('announces the agent after a return to the queue that another process recorded', async () => {
    const { scope, session, log, advance, recordElsewhere } = createWorld('agent-1')
    recordElsewhere({ kind: 'queue', afterUserId: 'agent-1' })
    advance(1_001)
    await noteSpeaker(scope, session, 'agent-2')
    expect(log).toEqual(['look up', 'hitlAssigned agent-2', 'record agent-2'])
  })
})
