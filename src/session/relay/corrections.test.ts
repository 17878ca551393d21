import { expect, it } from 'vitest'
import { fakeScope } from '../../../test/helpers/fake-scope'
import { fingerprint } from '../../content/to-end-user/correction'
import { toSession } from '../session'
import { sayCorrection } from './corrections'

const text = (words: string) => ({ type: 'text' as const, payload: { text: words } })

/** A process that corrects the message `first`, as it reads it. Returns the keys of what it creates, and the last tag. */
const createProcess = () => {
  const keys: string[] = []
  let tag: string | undefined
  const startMs = Date.parse('2026-01-05T09:00:00Z')
  const scope = fakeScope(() => startMs, {
    getOrCreateMessage: ({ tags }: { tags: { livechatEventId: string } }) => {
      keys.push(tags.livechatEventId)
      return Promise.resolve({ message: { id: `message-${keys.length}` } })
    },
    updateMessage: ({ tags }: { tags: { livechatRevision: string } }) => {
      tag = tags.livechatRevision
      return Promise.resolve({})
    },
  })
  const session = toSession(
    {
      id: 'conversation-1',
      createdAt: '2026-01-05T08:00:00Z',
      updatedAt: '2026-01-05T08:00:00Z',
      tags: { livechatChatId: 'C', livechatThreadId: 'T', livechatCustomerId: 'customer-1', botpressUserId: 'user-1' },
    },
    startMs,
  )
  if (!session) throw new Error('The tags are no session')
  const correct = (words: string, read = tag): Promise<boolean> => {
    const tags: Record<string, string> = read === undefined ? {} : { livechatRevision: read }
    return sayCorrection(scope, session, 'T_5', { id: 'first', userId: 'agent-1', ...text('One'), tags }, text(words))
  }
  return { correct, keys, tag: () => tag }
}

it('one content is one message, although two processes have read different numbers of corrections', async () => {
  const [behind, ahead] = [createProcess(), createProcess()]
  await behind.correct('Three', undefined)
  await ahead.correct('Two')
  await ahead.correct('Three')
  expect(behind.keys).toEqual([ahead.keys[1]])
})

it('an agent who changes a text back and forth is relayed each time', async () => {
  const { correct, keys, tag } = createProcess()
  for (const words of ['Two', 'One', 'Two', 'One']) expect(await correct(words)).toBe(true)
  expect(new Set(keys).size).toBe(4)
  expect(tag()).toMatch(new RegExp(`^${fingerprint(text('One'))} ${fingerprint(text('Two'))} `))
  expect(await correct('One')).toBe(false)
})

it('what an earlier version has noted is understood', async () => {
  const { correct, tag } = createProcess()
  const two = fingerprint(text('Two'))
  expect(await correct('Two', `1 ${two}`)).toBe(false)
  expect(await correct('Three', `1 ${two}`)).toBe(true)
  expect(tag()).toBe(`${fingerprint(text('Three'))} ${two}`)
})

it('very many corrections still fit into the tag', async () => {
  const { correct, keys, tag } = createProcess()
  for (let number = 0; number < 1_200; number += 1) await correct(`Version ${number}`)
  expect(new Set(keys).size).toBe(1_200)
  expect(tag()?.length).toBeLessThan(500)
})
