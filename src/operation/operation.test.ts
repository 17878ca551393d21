import { RuntimeError } from '@botpress/sdk'
import { describe, expect, it } from 'vitest'
import { fakeProps, type Calls } from '../../test/helpers/fake-scope'
import type * as bp from '../bp'
import { systemRuntime } from '../shared/runtime'
import { bestEffort } from './best-effort'
import { createMemory } from './memory'
import { operation, type OperationSpec } from './operation'
import { withBudget, type Scope } from './scope'

/** An operation, with the calls that Botpress got and the errors that were reported. */
const createWorld = (configuration: Partial<bp.Configuration> = {}, answer: unknown = {}) => {
  const calls: string[] = []
  const reported: unknown[] = []
  const answerAll = new Proxy<Calls>(
    {},
    { get: (_, name) => () => (calls.push(String(name)), Promise.resolve(answer)) },
  )
  const props = fakeProps(answerAll, configuration)
  const host = {
    runtime: systemRuntime,
    memory: createMemory(systemRuntime),
    report: (_operation: string, error: unknown) => Promise.resolve(void reported.push(error)),
  }
  const run = <R>(work: (scope: Scope) => Promise<R>, spec: Partial<OperationSpec<typeof props, R>> = {}): Promise<R> =>
    operation(host, { name: 'test', budgetMs: 5_000, failure: 'It failed', ...spec }, work)(props)
  return { run, calls, reported }
}
const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('once an operation has its answer', () => {
  it.each<[string, (scope: Scope) => Promise<void>]>([
    ['because its time was over', async () => new Promise(() => undefined)],
    ['because another step failed', async () => Promise.reject(new Error('broken'))],
    ['although one of its steps was still running', async () => Promise.resolve()],
  ])('none of its steps makes a further call: %s', async (_name, main) => {
    const { run, calls } = createWorld()
    let goOn = (): void => undefined
    const waits = new Promise<void>((resolve) => (goOn = resolve))
    const part = async (scope: Scope): Promise<void> => {
      await waits
      await scope.client.getUser({ id: 'user-1' })
    }
    let left: Promise<unknown> = Promise.resolve()
    const work = async (scope: Scope): Promise<void> => {
      left = withBudget(scope, 60_000, part).catch(() => undefined)
      await main(scope)
    }
    await run(work, { budgetMs: 20 }).catch(() => undefined)
    goOn()
    await left
    await settle()
    expect(calls).toEqual([])
  })
})

describe('a step of an operation', () => {
  it('has no more time than the operation itself', async () => {
    const { run } = createWorld()
    const remainingMs = await run((scope) => withBudget(scope, 60_000, async ({ deadline }) => deadline.remainingMs()))
    expect(remainingMs).toBeLessThanOrEqual(5_000)
  })

  it('does nothing if it begins after the operation’s time is over', async () => {
    const { run, calls } = createWorld()
    let late: Promise<unknown> = Promise.resolve()
    await run(
      (scope) => {
        scope.deadline.signal.addEventListener('abort', () => {
          late = withBudget(scope, 1_000, (limited) => limited.client.getUser({ id: 'user-1' })).catch(
            (error: unknown) => error,
          )
        })
        return new Promise(() => undefined)
      },
      { budgetMs: 10 },
    ).catch(() => undefined)
    expect(await late).toBeInstanceOf(Error)
    expect(calls).toEqual([])
  })
})

describe('a failure', () => {
  it('becomes one sentence for the bot’s owner, and is reported', async () => {
    const { run, reported } = createWorld()
    await expect(run(() => Promise.reject(new TypeError('private words')))).rejects.toThrow(
      /^It failed: an unexpected error/,
    )
    expect(reported).toHaveLength(1)
  })

  it('of an unusable configuration names the field', async () => {
    const { run } = createWorld({ clientId: ' ' })
    await expect(run(() => Promise.resolve())).rejects.toThrow('"Client ID" is empty')
  })

  it('can be answered instead', async () => {
    const { run } = createWorld()
    const answer = await run<string>(() => Promise.reject(new RuntimeError('x')), {
      failure: ({ scope }) => `answered with${scope ? '' : 'out'} a scope`,
    })
    expect(answer).toBe('answered with a scope')
  })
})

describe('an answer that is none of Botpress', () => {
  it.each<unknown>(['<html>Please wait</html>', '', null, 7])('counts as an outage: %j', async (answer) => {
    const { run } = createWorld({}, answer)
    const asked = run((scope) => scope.client.listConversations({}))
    await expect(asked).rejects.toThrow('Botpress could not be reached')
  })
})

describe('bestEffort', () => {
  const effort = { budgetMs: 20, code: 'thing_lost' }

  it('returns the result', async () => {
    const { run } = createWorld()
    expect(await run((scope) => bestEffort(scope, effort, async () => 'done'))).toBe('done')
  })

  it.each<[string, () => Promise<unknown>]>([
    ['fails', () => Promise.reject(new TypeError('broken'))],
    ['is late', () => new Promise(() => undefined)],
  ])('returns undefined for a step that %s', async (_name, work) => {
    const { run } = createWorld()
    expect(await run((scope) => bestEffort(scope, effort, work))).toBeUndefined()
  })

  it('reports a mistake of ours', async () => {
    const { run, reported } = createWorld()
    await run((scope) => bestEffort(scope, effort, () => Promise.reject(new TypeError('broken'))))
    expect(reported).toEqual([new TypeError('broken')])
  })
})
