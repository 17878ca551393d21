import { InvalidPayloadError } from '@botpress/client'
import { describe, expect, it } from 'vitest'
import { fakeScope } from '../../../test/helpers/fake-scope'
import { mayLaterSucceed, NotYetError } from '../../operation/failures/platform-errors'
import { toSession } from '../session'
import { rememberSession } from '../session-store'
import { endSession } from './end-session'

const tags = {
  livechatChatId: 'chat',
  livechatThreadId: 'thread',
  livechatCustomerId: 'customer',
  botpressUserId: 'user',
}
const conversation = {
  id: 'conversation-1',
  createdAt: '2025-01-01T00:00:00Z',
  updatedAt: '2025-01-01T00:00:00Z',
  tags,
}
const nowMs = Date.parse('2025-01-02T00:00:00Z')

/** Ends a session while another process claimed the end this long ago. @returns the events that were created */
const endAfterClaim = async (claimAgeMs: number, remainingMs = 5_000): Promise<string[]> => {
  const events: string[] = []
  let held = { workerId: 'other', atMs: nowMs - claimAgeMs }
  const fake = fakeScope(() => nowMs, {
    createEvent: ({ type }: { type: string }) => (events.push(type), Promise.resolve({ event: { id: 'event-1' } })),
    getOrSetState: () => Promise.resolve({ state: { payload: held } }),
    setState: ({ payload }: { payload: typeof held }) => {
      held = payload
      return Promise.resolve({})
    },
    updateConversation: () => Promise.resolve({ conversation }),
  })
  const deadline = { ...fake.deadline, remainingMs: () => remainingMs }
  const scope = { ...fake, deadline, runtime: { ...fake.runtime, sleep: () => Promise.resolve() } }
  const ending = endSession(scope, rememberSession(scope, toSession(conversation, nowMs)!), {})
  if (remainingMs < 500) await expect(ending).rejects.toThrow(NotYetError)
  else await ending
  return events
}

describe('an end', () => {
  it('is left to the process that claimed it just now', async () => {
    expect(await endAfterClaim(7_000)).toEqual(['hitlStopped'])
  })

  it('is told by the next process once the claim is older than a webhook may take', async () => {
    expect(await endAfterClaim(8_000)).toEqual(['hitlStopped', 'hitlSessionEnded'])
  })

  it('is not told if there is no time left to record it, because the flows would hear it again', async () => {
    expect(await endAfterClaim(8_000, 400)).toEqual(['hitlStopped'])
  })

  it('is claimed as of the beginning of the operation, since LiveChat redelivers from there', async () => {
    let claimedAtMs = 0
    const scope = fakeScope(() => nowMs, {
      createEvent: () => Promise.resolve({ event: { id: 'event-1' } }),
      getOrSetState: ({ payload }: { payload: { atMs: number } }) => {
        claimedAtMs = payload.atMs
        return Promise.resolve({ state: { payload } })
      },
      updateConversation: () => Promise.resolve({ conversation }),
    })
    const begun = { ...scope, startedAtMs: nowMs - 4_000 }
    await endSession(begun, rememberSession(begun, toSession(conversation, nowMs)!), {})
    expect(claimedAtMs).toBe(nowMs - 4_000)
  })

  it('is repeated when the plugin was not notified, although the claim was refused for good', async () => {
    const scope = fakeScope(() => nowMs, {
      createEvent: () => new Promise((_, reject) => setImmediate(() => reject(new Error('not reached')))),
      getOrSetState: () => Promise.reject(new InvalidPayloadError('x')),
    })
    const ending = endSession(scope, rememberSession(scope, toSession(conversation, nowMs)!), {})
    expect(mayLaterSucceed(await ending.catch((error: unknown) => error))).toBe(true)
  })
})
