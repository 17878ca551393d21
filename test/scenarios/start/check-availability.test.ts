import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { errorFault } from '../../../sandbox/livechat'
import {
  agentScopes,
  amber,
  birch,
  salesGroup,
  startSandbox,
  type Sandbox,
  type SandboxOptions,
} from '../../../sandbox/start-sandbox'
import { sendHome } from '../../helpers/bot-events'
import { startTalk } from '../../helpers/talk'

let sandbox: Sandbox

describe('checkAvailability', () => {
  beforeAll(async () => {
    sandbox = await startSandbox({ configuration: { whenOffline: 'fail' } })
    const { license } = sandbox.livechat
    license.addGroup({ id: 5, name: 'Support' })
    license.addAgent({ email: 'cedar@example.com', name: 'Agent Cedar', groupIds: [5], status: 'offline', maxChats: 1 })
  })
  afterAll(() => sandbox.close())
  const check = (input: { groupId?: unknown } = {}) => sandbox.installation.runAction('checkAvailability', input)
  const statuses = async (input: { groupId?: unknown } = {}) => {
    const { status, canStart, groups } = await check(input)
    return [status, canStart, groups]
  }

  it('returns each group, and the best one, as LiveChat names them', async () => {
    const each = (...all: string[]) => all.map((status, at) => ({ groupId: [0, salesGroup.id, 5][at], status }))
    expect(await statuses()).toEqual(['online', true, each('online', 'online', 'offline')])
    expect(await statuses({ groupId: 5 })).toEqual(['offline', false, [{ groupId: 5, status: 'offline' }]])
    expect(await statuses({ groupId: 0 })).toEqual(['online', true, [{ groupId: 0, status: 'online' }]])
    sandbox.livechat.desk.setStatus('cedar@example.com', 'accepting_chats')
    await startTalk(sandbox, { start: { title: 'Full', hitlSession: { groupId: 5 } } })
    expect(await statuses({ groupId: 5 })).toEqual([
      'online_for_queue',
      true,
      [{ groupId: 5, status: 'online_for_queue' }],
    ])
    sendHome(sandbox, amber.email, birch.email)
    expect(await statuses()).toMatchObject(['online_for_queue', true, {}])
  })

  it('reads a group as the Studio leaves it, or says what is wrong with it', async () => {
    for (const nothing of [null, '', ' ', 'null'])
      expect(await statuses({ groupId: nothing })).toEqual(await statuses())
    expect(await statuses({ groupId: ' 5 ' })).toEqual(await statuses({ groupId: 5 }))
    await expect(check({ groupId: 'sales' })).rejects.toThrow(/"Group ID" holds a text that is no such number/)
  })

  it('asks LiveChat once, in a new process too, and makes no customer', async () => {
    const customers = sandbox.livechat.license.customers().length
    for (const isNew of [false, true]) {
      if (isNew) await sandbox.integration.restart()
      const mark = sandbox.ledger.mark()
      await check({ groupId: 5 })
      const calls = sandbox.ledger.since(mark, { side: 'livechat', kind: 'call' })
      const statuses = ['customer/list_group_statuses']
      // A process that was told of another region asks there.
      const isSentOn = calls[0]?.status !== 200 && sandbox.livechat.knobs.region !== 'none'
      expect(calls.map(({ name }) => name)).toEqual(isSentOn ? [...statuses, ...statuses] : statuses)
    }
    expect(sandbox.livechat.license.customers()).toHaveLength(customers)
  })

  it('goes on as another customer if the identity of the one with which it asks is lost', async () => {
    await check()
    const { license } = sandbox.livechat
    for (const { id } of license.customers()) license.forgetIdentity(id)
    license.expireTokens()
    expect(await check({ groupId: 5 })).toMatchObject({ groups: [{ groupId: 5 }] })
    const mark = sandbox.ledger.mark()
    await check({ groupId: 5 })
    expect(sandbox.ledger.since(mark, { side: 'livechat', kind: 'call', name: 'accounts/token' })).toEqual([])
  })

  it('says, like a start, that there is no such group', async () => {
    await expect(check({ groupId: 77 })).rejects.toThrow(/LiveChat has no group 77/)
  })
})

describe('before a session, checkAvailability', () => {
  afterEach(() => sandbox.close())
  const open = async (options: SandboxOptions = {}): Promise<void> => {
    sandbox = await startSandbox(options)
  }
  const goOffline = (): void => sendHome(sandbox, amber.email, birch.email)

  it.each([
    ['agents who are free', () => undefined, 'online'],
    ['nobody', goOffline, 'offline'],
  ])('reports %s, with one call and no new customer', async (_name, prepare, status) => {
    await open()
    prepare()
    const customers = sandbox.livechat.license.customers().length
    await sandbox.installation.runAction('checkAvailability', { groupId: salesGroup.id })
    const mark = sandbox.ledger.mark()
    const output = await sandbox.installation.runAction('checkAvailability', { groupId: salesGroup.id })
    expect(output).toEqual({ status, canStart: true, groups: [{ groupId: salesGroup.id, status }] })
    expect(sandbox.ledger.since(mark, { kind: 'call' }).map(({ name }) => name)).toEqual([
      'customer/list_group_statuses',
    ])
    expect(sandbox.livechat.license.customers()).toHaveLength(customers)
  })

  it('says that a start would fail if the flows prefer to go on', async () => {
    await open({ configuration: { whenOffline: 'fail' } })
    goOffline()
    expect(await sandbox.installation.runAction('checkAvailability', {})).toMatchObject({
      status: 'offline',
      canStart: false,
    })
  })
})

describe('while nobody is there, checkAvailability with agent access', () => {
  afterEach(() => sandbox.close())
  const officeHours = (timezone: string) => ({
    timezone,
    days: Object.fromEntries(
      ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => [day, { start: '09:00', end: '17:00' }]),
    ),
  })
  // The agent of the Personal Access Token is an administrator without hours.
  const open = async (options: SandboxOptions = {}): Promise<void> => {
    const livechatKnobs = { workSchedulerShape: 'schedule' as const, ...options.livechatKnobs }
    sandbox = await startSandbox({ agentAccess: agentScopes, ...options, livechatKnobs })
    for (const { email } of [amber, birch])
      sandbox.livechat.license.setWorkSchedule(email, officeHours('Europe/Warsaw'))
    sendHome(sandbox, amber.email, birch.email)
    // To a night, when nobody should be there.
    const nowMs = sandbox.clock.nowMs()
    await sandbox.clock.advance(25 * 3_600_000 - (nowMs % (24 * 3_600_000)))
  }
  const check = (input: { groupId?: number } = {}) => sandbox.installation.runAction('checkAvailability', input)

  it.each([[undefined], [0], [salesGroup.id]])('says when group %s opens next, with one call more', async (groupId) => {
    await open()
    await check()
    const mark = sandbox.ledger.mark()
    const answer = await check(groupId === undefined ? {} : { groupId })
    const opening = answer['nextOpening'] as { at: string; local: string; timeZone: string }
    expect(answer).toMatchObject({ status: 'offline', canStart: true })
    expect(opening).toMatchObject({ timeZone: 'Europe/Warsaw', local: expect.stringMatching(/T09:00$/) as string })
    const aheadMs = Date.parse(opening.at) - sandbox.clock.nowMs()
    expect(aheadMs).toBeGreaterThan(0)
    expect(aheadMs).toBeLessThan(4 * 24 * 3_600_000)
    const calls = sandbox.ledger.since(mark, { side: 'livechat', kind: 'call' }).map(({ name }) => name)
    expect(calls).toContain('configuration/list_agents')
    expect(calls.filter((name) => name.startsWith('configuration/'))).toHaveLength(1)
  })

  it.each<[string, SandboxOptions, () => unknown]>([
    [
      'the hours are in the older form, without a time zone',
      { livechatKnobs: { workSchedulerShape: 'by_day' } },
      () => undefined,
    ],
    ['LiveChat does not tell the hours', { livechatKnobs: { workSchedulerShape: 'absent' } }, () => undefined],
    ['the token may not read agents', {}, () => refuse('authorization')],
    ['LiveChat refuses the token', {}, () => refuse('authentication')],
    [
      'the answer does not come',
      {},
      () => sandbox.faults.livechat.add({ route: /list_agents/, times: Infinity, effect: { kind: 'reset' } }),
    ],
  ])('says only that nobody is there if %s', async (_, options, happens) => {
    await open({ timeScale: 10, ...options })
    happens()
    const answer = await check()
    expect(answer).toMatchObject({ status: 'offline', canStart: true })
    expect(answer).not.toHaveProperty('nextOpening')
  })
  const refuse = (type: string) =>
    sandbox.faults.livechat.add({ route: /list_agents/, times: Infinity, effect: errorFault(type) })

  it('says nothing of opening while somebody is there', async () => {
    await open()
    sandbox.livechat.desk.setStatus(amber.email, 'accepting_chats')
    expect(await check()).not.toHaveProperty('nextOpening')
  })
})
