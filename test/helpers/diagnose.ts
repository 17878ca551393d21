import { expect } from 'vitest'
import type { FaultEffect } from '../../sandbox/faults'
import { webhookSecret, type Sandbox } from '../../sandbox/start-sandbox'

export type Status = 'ok' | 'warning' | 'problem'
type Check = { id: string; title: string; status: Status; seen: string; fix?: string }
export type Row = {
  name: string
  /** Settings that differ from the right ones. */
  settings?: (sandbox: Sandbox) => Record<string, unknown>
  /** Breaks something else, once the settings have been saved. Returns a function that repairs it. */
  break?: (sandbox: Sandbox) => (() => unknown) | undefined
  check: string
  status: Status
  words: (string | RegExp)[] | ((sandbox: Sandbox) => (string | RegExp)[])
  /** Titles of further checks that report it, too. All other checks give the same result as with right settings. */
  also?: string[]
}

export const otherApp = 'f'.repeat(32)
export const farAway = 'https://elsewhere.example.com/secret-path'

export const diagnose = async (sandbox: Sandbox): Promise<{ ok: boolean; checks: Check[] }> =>
  (await sandbox.installation.runAction('diagnose', {})) as { ok: boolean; checks: Check[] }

export const statuses = (checks: Check[]): Record<string, Status> =>
  Object.fromEntries(checks.map(({ id, status }) => [id, status]))

export const refuse = (route: string | RegExp, effect: FaultEffect) => (sandbox: Sandbox) =>
  sandbox.faults.livechat.add({ route, times: Infinity, effect })
export const accountsSay = (exception: string, status = 401): FaultEffect => ({
  kind: 'status',
  status,
  body: { oauth_exception: exception },
})
export const chatApi = 'customer/list_group_statuses'
export const knob =
  (changes: Partial<Sandbox['livechat']['knobs']>) =>
  ({ livechat: { knobs } }: Sandbox) => {
    const before = { ...knobs }
    Object.assign(knobs, changes)
    return () => Object.assign(knobs, before)
  }

/** Saves the settings, breaks what the row breaks, runs the checks, and restores everything. */
const play = async (sandbox: Sandbox, row: Row) => {
  await sandbox.installation.configure({ ...sandbox.configuration, ...row.settings?.(sandbox) })
  const mend = row.break?.(sandbox)
  try {
    return await diagnose(sandbox)
  } finally {
    mend?.()
    await sandbox.installation.configure(sandbox.configuration)
  }
}

export const expectRow = async (sandbox: Sandbox, usual: Record<string, Status>, row: Row): Promise<void> => {
  const { ok, checks } = await play(sandbox, row)
  const found = checks.find(({ id }) => id === row.check)
  expect(found, JSON.stringify(checks, null, 1)).toMatchObject({ status: row.status })
  const text = `${found?.seen} ${found?.fix ?? ''}`
  for (const word of typeof row.words === 'function' ? row.words(sandbox) : row.words) expect(text).toMatch(word)
  if (row.status !== 'ok') expect(found?.fix, 'what to do').toMatch(/^[A-Z"].{20}/)
  expect(ok).toBe(checks.every(({ status }) => status !== 'problem'))
  // No other check reports a problem. Those that depend on this one say that they could not be made.
  for (const check of checks) {
    if (check.id === row.check || row.also?.includes(check.id)) continue
    if (check.status !== usual[check.id])
      expect(check).toMatchObject({ status: 'warning', seen: /^Not checked, because / })
  }
  const all = JSON.stringify(checks)
  for (const secret of [webhookSecret, 'secret-path', tokenOf(sandbox)]) if (secret) expect(all).not.toContain(secret)
}

export const callsOf = async ({ ledger }: Sandbox, work: () => Promise<unknown>): Promise<string[]> => {
  const mark = ledger.mark()
  await work()
  return ledger.since(mark, { side: 'livechat', kind: 'call' }).map(({ name }) => name)
}

/** The checks get a new token each time, and learn of another region by a call that is refused. */
export const lesson = ({ livechat: { knobs } }: Sandbox): string[] => (knobs.region === 'none' ? [] : [chatApi])

const tokenOf = ({ configuration }: Sandbox): string | undefined =>
  (configuration['agentAccess'] as { personalAccessToken: string } | undefined)?.personalAccessToken
