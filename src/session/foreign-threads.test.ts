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

describe('a thread without a conversation', () => {
  /** A look-up missed the conversation `missedMs` ago. @returns the answers, and how many lists they took */
  const ask = async (missedMs: number, isAboutEnd: boolean, conversations: unknown[], isForeign = false) => {
    let lists = 0
    const scope = fakeScope(() => startMs + missedMs, {
      listConversations: () => ((lists += 1), Promise.resolve({ conversations, meta: {} })),
    })
    Object.assign(threadOf(scope, idsOf('one')), { firstMissedAtMs: startMs, isForeign })
    const answers = [
      await mustLookUpAgain(scope, idsOf('one'), isAboutEnd),
      await mustLookUpAgain(scope, idsOf('one'), isAboutEnd),
    ]
    return { answers, lists, isForeign: threadOf(scope, idsOf('one')).isForeign }
  }
  const tags = { livechatChatId: 'chat-one', livechatThreadId: 'thread-one' }
  const joined = [{ createdAt: '2026-01-05T09:00:00Z', tags }]

  it.each([
    ['is looked up again for its end, because nobody else ends its session', 1_000, true, [true, true], 0],
    ['is not looked up again for anything else', 1_000, false, [false, false], 0],
    ['needs only a list a little later', 4_000, true, [false, false], 1],
  ])('%s (%i ms later)', async (_, missedMs, isAboutEnd, answers, lists) => {
    expect(await ask(missedMs, isAboutEnd, [])).toEqual({ answers, lists, isForeign: false })
  })

  it('stays foreign, and costs at most one list a minute', async () => {
    expect(await ask(90_000, false, [], true)).toEqual({ answers: [false, false], lists: 1, isForeign: true })
  })

  it('is found again although it counts as foreign, once a start has joined it', async () => {
    expect(await ask(90_000, false, joined, true)).toEqual({ answers: [true, true], lists: 1, isForeign: false })
  })
})
