import { describe, expect, it } from 'vitest'
import { fakeScope } from '../../../test/helpers/fake-scope'
import type { Scope } from '../../operation/scope'
import { claimStart } from './start-claim'

const nowMs = 1_000_000
const nextTick = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))

/** Three processes of one user: a start of another kind is under way, then two equal ones come. */
const twoEqualStarts = async (writes: { lateFrom?: string; overwrittenAfter?: string }): Promise<number> => {
  const other = { key: 'other', startId: 'other', atMs: nowMs }
  type Claims = { claims: { startId: string }[] }
  let state: Claims = { claims: [other] }
  let isOverwritten = false
  const scopeOf = (startId: string): Scope => {
    const scope = fakeScope(() => nowMs, {
      getOrSetState: () => Promise.resolve({ state: { payload: state } }),
      getState: () => Promise.resolve({ state: { payload: state } }),
      setState: async ({ payload }: { payload: Claims }) => {
        if (writes.lateFrom === startId) for (let step = 0; step < 20; step += 1) await Promise.resolve()
        state = payload
        if (writes.overwrittenAfter === startId && !isOverwritten) {
          isOverwritten = true
          state = { claims: [other] }
        }
        return {}
      },
    })
    return { ...scope, runtime: { ...scope.runtime, newId: () => startId, sleep: nextTick } }
  }
  const input = { userId: 'user', title: 'Help', messageHistory: [] }
  const claims = await Promise.all(['one', 'two'].map((startId) => claimStart(scopeOf(startId), input)))
  return claims.filter(({ other: found }) => found === undefined).length
}

describe('two equal starts beside another one', () => {
  it.each([
    ['at the same moment', {}],
    ['although the write of one crosses the second look of the other', { lateFrom: 'two' }],
    ['although a third start overwrites both', { overwrittenAfter: 'two' }],
  ])('are one: %s', async (_, writes) => {
    expect(await twoEqualStarts(writes)).toBe(1)
  })
})
