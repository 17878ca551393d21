import { RuntimeError } from '@botpress/sdk'
import { describe, expect, it } from 'vitest'
import { parseSettings, readSettings } from './settings'

const required = { clientId: 'client-1', organizationId: 'org-1', webhookSecret: 'secret-1' }
const defaults = { whenOffline: 'queue', mergeByEmail: false, announceChanges: true, allowBots: false }

describe('readSettings', () => {
  it('needs three fields and adds defaults for the rest', () => {
    expect(readSettings(required)).toMatchObject({ ...required, ...defaults })
  })

  it('accepts every field', () => {
    const all = {
      ...required,
      previousWebhookSecret: 'secret-0',
      groupId: 19,
      whenOffline: 'fail',
      mergeByEmail: true,
      announceChanges: false,
      allowBots: true,
    }
    expect(readSettings(all)).toMatchObject(all)
  })

  it('treats an emptied optional field, which the Studio may send as null, as missing', () => {
    const emptied = {
      ...required,
      previousWebhookSecret: null,
      groupId: null,
      whenOffline: null,
      mergeByEmail: null,
      allowBots: null,
    }
    expect(readSettings(emptied)).toEqual(readSettings(required))
    expect(readSettings(emptied)).toMatchObject({ ...required, ...defaults })
  })

  it.each(['', ' '])('treats a field without text that was emptied to %j as missing', (blank) => {
    const emptied = {
      groupId: blank,
      whenOffline: blank,
      agentAccess: blank,
      allowBots: blank,
      announceChanges: blank,
      mergeByEmail: blank,
      texts: blank,
      previousWebhookSecret: blank,
    }
    expect(readSettings({ ...required, ...emptied })).toEqual(readSettings(required))
  })

  it.each([0, 1, 19])('accepts group %i', (groupId) => {
    expect(readSettings({ ...required, groupId }).groupId).toBe(groupId)
  })

  it('removes the spaces that came with copying an id', () => {
    expect(readSettings({ ...required, clientId: ' client-1\n', organizationId: '\torg-1 ' })).toMatchObject(required)
  })

  it('leaves a secret as it is: LiveChat compares every character', () => {
    expect(readSettings({ ...required, webhookSecret: ' secret-1 ' }).webhookSecret).toBe(' secret-1 ')
  })

  it('removes the spaces that came with copying from agent access', () => {
    const agentAccess = { accountId: ' account-1\n', personalAccessToken: '\tdal:token ' }
    expect(readSettings({ ...required, agentAccess }).agentAccess).toEqual({
      accountId: 'account-1',
      personalAccessToken: 'dal:token',
    })
  })

  it.each([
    [null],
    [{}],
    [{ accountId: '' }],
    [{ accountId: null, personalAccessToken: null }],
    [{ accountId: ' ', personalAccessToken: '' }],
  ])('treats agent access of %j as missing', (agentAccess) => {
    expect(readSettings({ ...required, agentAccess }).agentAccess).toBeUndefined()
  })

  it.each([
    [{ accountId: 'account-1' }, '"Agent access": "Personal Access Token" is empty: make a token under '],
    [{ accountId: 'account-1', personalAccessToken: ' ' }, '"Agent access": "Personal Access Token" is empty: '],
    [{ personalAccessToken: 'dal:token' }, '"Agent access": "Account ID" is empty: copy it from '],
    [{ accountId: 7, personalAccessToken: 'dal:token' }, '"Agent access": "Account ID" has the wrong type'],
    ['dal:token', '"Agent access" has the wrong type'],
  ])('refuses agent access of %j', (agentAccess, problem) => {
    const read = () => readSettings({ ...required, agentAccess })
    expect(read).toThrow(problem)
    expect(read).not.toThrow(/dal:token/)
  })

  it('ignores fields of another version', () => {
    expect(readSettings({ ...required, oldField: 'x' })).toEqual(readSettings(required))
  })

  it('ignores what the older settings say, whatever they hold', () => {
    const older = {
      relayQueue: true,
      queueEventsEverySeconds: 'x',
      timeline: 1,
      resumeWithinMinutes: -1,
      announceEdits: {},
    }
    expect(readSettings({ ...required, ...older, texts: { queuePlace: 5 } })).toEqual(
      readSettings({ ...required, texts: {} }),
    )
  })

  it.each(['"client-1"', "'client-1'", ' "client-1" ', '" client-1 "'])('removes the quotes around %s', (clientId) => {
    expect(readSettings({ ...required, clientId }).clientId).toBe('client-1')
  })

  it('names each wrong field in the order of the form', () => {
    const parsed = parseSettings({ whenOffline: 'wait', texts: { correction: 5 }, groupId: 1e20 })
    expect(parsed.ok ? [] : parsed.problems.map((problem) => problem.replace(/(" )(is|must|has) .*/, '$1'))).toEqual([
      '"Client ID" ',
      '"Organization ID" ',
      '"Webhook secret" ',
      '"Group ID" ',
      '"When nobody is online" ',
      '"Texts": "Before a correction" ',
    ])
  })

  const isEmpty = 'is empty'
  const isMissing = 'is missing'
  const isWrong = 'has the wrong type'
  const isNoChoice = 'must be "queue" or "fail"'
  const isNotNumber = 'is not a number'
  const isNoNumber = 'is not a whole number from 0 up'
  const wrong: [field: string, title: string, value: unknown, problem: string][] = [
    ...(['clientId', 'organizationId', 'webhookSecret'] as const).flatMap((field) => {
      const title = { clientId: 'Client ID', organizationId: 'Organization ID', webhookSecret: 'Webhook secret' }[field]
      return [
        [field, title, undefined, isMissing],
        [field, title, null, isMissing],
        [field, title, 5, isWrong],
        [field, title, ['x'], isWrong],
        [field, title, '', isEmpty],
        [field, title, '  \n', isEmpty],
      ] satisfies [string, string, unknown, string][]
    }),
    ['previousWebhookSecret', 'Previous webhook secret', 5, isWrong],
    ['previousWebhookSecret', 'Previous webhook secret', ['secret-0'], isWrong],
    ['groupId', 'Group ID', '19', isNotNumber],
    ['groupId', 'Group ID', [19], isNotNumber],
    ['groupId', 'Group ID', Number.NaN, isNotNumber],
    ['groupId', 'Group ID', -1, isNoNumber],
    ['groupId', 'Group ID', 1.5, isNoNumber],
    ['groupId', 'Group ID', 1e20, isNoNumber],
    ['whenOffline', 'When nobody is online', 'wait', isNoChoice],
    ['whenOffline', 'When nobody is online', true, isNoChoice],
    ['mergeByEmail', 'Merge customers with the same e-mail', 'true', isWrong],
    ['mergeByEmail', 'Merge customers with the same e-mail', 1, isWrong],
    ['allowBots', 'Let LiveChat bots answer', 'yes', isWrong],
    ['allowBots', 'Let LiveChat bots answer', {}, isWrong],
  ]
  it.each(wrong)('says what is wrong with %s, under its title "%s", when it is %j', (field, title, value, problem) => {
    const read = () => readSettings({ ...required, [field]: value })
    expect(read).toThrow(RuntimeError)
    expect(read).toThrow(
      new RegExp(
        `^LiveChat HITL is not configured: "${title}" ${problem}(: .*)?\\. Correct it in the integration's configuration\\.$`,
      ),
    )
  })

  it.each([
    ['clientId', 'App Authorization'],
    ['organizationId', 'Settings > Account'],
    ['webhookSecret', 'Chat Webhooks'],
    ['groupId', 'Team > Groups'],
  ])('says where to find what %s needs', (field, place) => {
    expect(() => readSettings({ ...required, [field]: field === 'groupId' ? 'x' : ' ' })).toThrow(place)
  })

  it('never repeats a secret in its error', () => {
    expect(() => readSettings({ ...required, previousWebhookSecret: 'secret-0', groupId: -1 })).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('secret-') as string }) as Error,
    )
  })

  it.each([undefined, null, 'x', 5, []])('refuses %j, which is not a configuration', (configuration) => {
    expect(() => readSettings(configuration)).toThrow(/^LiveChat HITL is not configured: /)
  })
})
