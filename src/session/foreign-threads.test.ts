import { describe, expect, it } from 'vitest'
import { fakeScope } from '../../test/helpers/fake-scope'
import { startIsOverAfterMs } from '../operation/budgets'
import type { Scope } from '../operation/scope'
import { mustLookUpAgain } from './foreign-threads'
import { threadOf } from './thread'

const startMs = Date.parse('2026-01-05T09:00:00Z')
const idsOf = (name: string) => ({ livechatChatId: `chat-${name}`, livechatThreadId: `thread-${name}` })

/** Half a minute ago, a look-up found no conversation for either thread. */
const createWorld = () => {
  const answers: { resolve: (answer: unknown) => void; reject: (error: Error) => void }[] = []
  const scope = fakeScope(() => startMs + startIsOverAfterMs, {
    listConversations: () => new Promise((resolve, reject) => answers.push({ resolve, reject })),
  })
  for (const name of ['one', 'two']) threadOf(scope, idsOf(name)).firstMissedAtMs = startMs
  const empty = { conversations: [], meta: {} }
  return { scope, answers, empty }
}
/** An operation of the same process that ends when `end` is called. */
const operationOf = (scope: Scope): { scope: Scope; end: () => void } => {
  const controller = new AbortController()
  const deadline = { signal: controller.signal, remainingMs: () => 1_000 }
  return { scope: { ...scope, deadline }, end: () => controller.abort(new Error('the time is over')) }
}
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('webhooks of unknown threads that come at the same time', () => {
  it('share one list', async () => {
    const { scope, answers, empty } = createWorld()
    const both = Promise.all([mustLookUpAgain(scope, idsOf('one')), mustLookUpAgain(scope, idsOf('two'))])
    await nextTurn()
    expect(answers).toHaveLength(1)
    answers[0]?.resolve(empty)
    expect(await both).toEqual([false, false])
    expect(threadOf(scope, idsOf('two')).isForeign).toBe(true)
  })

  it('do not fail with the one that asked for the list', async () => {
    const { scope, answers, empty } = createWorld()
    const first = operationOf(scope)
    const one = mustLookUpAgain(first.scope, idsOf('one'))
    const two = mustLookUpAgain(scope, idsOf('two'))
    await nextTurn()
    first.end()
    answers[0]?.reject(new Error('the time is over'))
    await expect(one).rejects.toThrow('the time is over')
    await nextTurn()
    answers[1]?.resolve(empty)
    expect(await two).toBe(false)
  })
})
