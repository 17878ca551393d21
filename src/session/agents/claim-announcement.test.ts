import { expect, it } from 'vitest'
import { fakeScope } from '../../../test/helpers/fake-scope'
import type { Holder } from '../holder'
import { toSession } from '../session'
import { claimAnnouncement } from './claim-announcement'

const startMs = Date.parse('2026-01-05T09:00:00Z')

type View = { holder: Holder; transfers?: number; assignedAtMs?: number }
type Write = { name: string; payload: unknown }

/** Processes that share the state of one conversation. Each has its own view of who has the session. */
const createWorld = () => {
  const stored = new Map<string, unknown>()
  let processes = 0
  let takenOver = 0
  const claimAs = (view: View): Promise<boolean> => {
    const scope = fakeScope(() => startMs, {
      getOrSetState: ({ name, payload }: Write) => {
        if (!stored.has(name)) stored.set(name, payload)
        return Promise.resolve({ state: { payload: stored.get(name) } })
      },
      setState: ({ name, payload }: Write) => {
        stored.set(name, payload)
        takenOver += 1
        return Promise.resolve({ state: { payload } })
      },
    })
    const tags = { livechatChatId: 'C', livechatThreadId: 'T', livechatCustomerId: 'c-1', botpressUserId: 'u-1' }
    const session = toSession(
      { id: 'conversation-1', createdAt: '2026-01-05T08:00:00Z', updatedAt: '2026-01-05T08:00:00Z', tags },
      startMs,
    )
    if (!session) throw new Error('The tags are no session')
    processes += 1
    const memory = { ...scope.memory, processId: `process-${processes}` }
    const runtime = { ...scope.runtime, sleep: () => Promise.resolve() }
    return claimAnnouncement({ ...scope, runtime, memory }, Object.assign(session, view))
  }
  return { claimAs, takenOver: () => takenOver }
}

const amberHasIt: View = { holder: { kind: 'agent', userId: 'amber' } }
const amberLeft: View = { holder: { kind: 'left', userId: 'amber' } }
const inQueue: View = { holder: { kind: 'queue', afterUserId: 'amber' }, assignedAtMs: startMs }
const nobodyHadIt: View = { holder: { kind: 'nobody' } }
const birchHasIt = (transfers: number): View => ({ holder: { kind: 'agent', userId: 'birch' }, transfers })

it.each<[string, View, View, boolean]>([
  ['the same', amberHasIt, amberHasIt, false],
  ['that the last agent has left', amberHasIt, amberLeft, false],
  ['nothing of the last agent’s leaving', amberLeft, amberHasIt, false],
  ['that it is back in the queue', amberHasIt, inQueue, false],
  ['that nobody had it', nobodyHadIt, nobodyHadIt, false],
  ['the first agent', nobodyHadIt, amberHasIt, true],
  ['a later agent', amberHasIt, birchHasIt(1), true],
  ['the agent after that', amberHasIt, birchHasIt(2), true],
  ['a much later agent', amberHasIt, birchHasIt(3), true],
])('of two processes one announces the next agent; the second one knows %s', async (_what, first, second, isNew) => {
  const { claimAs } = createWorld()
  expect(await claimAs(first)).toBe(true)
  expect(await claimAs(second)).toBe(isNew)
})

it('takes over no claim of the change before, because another process could do so at the same time', async () => {
  const { claimAs, takenOver } = createWorld()
  for (const view of [nobodyHadIt, amberHasIt]) expect(await claimAs(view)).toBe(true)
  expect(takenOver()).toBe(0)
})
