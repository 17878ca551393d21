import { describe, expect, it } from 'vitest'
import { fakeScope } from '../../test/helpers/fake-scope'
import { claim } from './claim'

const nowMs = Date.parse('2026-01-05T09:00:00Z')

type Held = { workerId: string; atMs: number; subject: string }
type Write = { payload: Held }

/** Processes that share one state, which holds an earlier claim. `callTakesTurns`: how slow the writes of each are. */
const createWorld = (held: Held) => {
  let stored = held
  const turns = async (count: number): Promise<void> => {
    for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  }
  const claimAs = (processId: string, callTakesTurns: number, subject: string): Promise<boolean> => {
    const scope = fakeScope(() => nowMs, {
      getOrSetState: () => Promise.resolve({ state: { payload: stored } }),
      setState: async ({ payload }: Write) => {
        await turns(callTakesTurns)
        stored = payload
        return { state: { payload } }
      },
    })
    const runtime = { ...scope.runtime, sleep: () => turns(10) }
    return claim({ ...scope, runtime, memory: { ...scope.memory, processId } }, 'conversation-1', 'endClaim', subject)
  }
  return { claimAs }
}

describe('a claim that stands for something else', () => {
  it.each([
    [1, 1],
    [1, 2],
    [2, 1],
    [5, 1],
    [1, 5],
  ])('is taken over by one of two processes whose writes take %i and %i turns', async (first, second) => {
    const { claimAs } = createWorld({ workerId: 'earlier', atMs: nowMs - 2_000, subject: 'before' })
    const won = await Promise.all([claimAs('first', first, 'now'), claimAs('second', second, 'now')])
    expect(won.filter(Boolean)).toHaveLength(1)
  })

  it('is taken over although a third process claims something else at that moment', async () => {
    const { claimAs } = createWorld({ workerId: 'earlier', atMs: nowMs - 2_000, subject: 'before' })
    expect(await Promise.all([claimAs('first', 1, 'now'), claimAs('third', 5, 'later')])).toEqual([true, true])
  })
})
