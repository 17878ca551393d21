import { expect, it } from 'vitest'
import { fakeScope } from '../../../test/helpers/fake-scope'
import type { Holder } from '../holder'
import { toSession } from '../session'
import { claimAnnouncement } from './claim-announcement'

const startMs = Date.parse('2026-01-05T09:00:00Z')

/** Processes that share the state of one conversation. Each has its own view of who has the session. */
const createWorld = () => {
  let stored: unknown
  let processes = 0
  const claimAs = (holder: Holder): Promise<boolean> => {
    const scope = fakeScope(() => startMs, {
      getOrSetState: ({ payload }: { payload: unknown }) =>
        Promise.resolve({ state: { payload: (stored ??= payload) } }),
      setState: ({ payload }: { payload: unknown }) => Promise.resolve({ state: { payload: (stored = payload) } }),
    })
    const tags = { livechatChatId: 'C', livechatThreadId: 'T', livechatCustomerId: 'c-1', botpressUserId: 'u-1' }
    const session = toSession(
      { id: 'conversation-1', createdAt: '2026-01-05T08:00:00Z', updatedAt: '2026-01-05T08:00:00Z', tags },
      startMs,
    )
    if (!session) throw new Error('The tags are no session')
    processes += 1
    const memory = { ...scope.memory, processId: `process-${processes}` }
    return claimAnnouncement({ ...scope, memory }, Object.assign(session, { holder }))
  }
  return { claimAs }
}

const amberHasIt: Holder = { kind: 'agent', userId: 'amber' }
const amberLeft: Holder = { kind: 'left', userId: 'amber' }

it.each<[string, Holder, Holder, boolean]>([
  ['the same', amberHasIt, amberHasIt, false],
  ['that the last agent has left', amberHasIt, amberLeft, false],
  ['nothing of the last agent’s leaving', amberLeft, amberHasIt, false],
  ['that nobody had it', { kind: 'nobody' }, { kind: 'nobody' }, false],
  ['a later agent', amberHasIt, { kind: 'agent', userId: 'birch' }, true],
  ['that it is back in the queue', amberHasIt, { kind: 'queue' }, true],
])('of two processes one announces the next agent; the second one knows %s', async (_what, first, second, isNew) => {
  const { claimAs } = createWorld()
  expect(await claimAs(first)).toBe(true)
  expect(await claimAs(second)).toBe(isNew)
})
