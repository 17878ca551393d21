import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { advance, isSameHolder, type Holder, type News } from './holder'

const nobody: Holder = { kind: 'nobody' }
const queueAfter = (afterUserId: string): Holder => ({ kind: 'queue', afterUserId })
const queue = queueAfter('a1')
const left = (userId: string): Holder => ({ kind: 'left', userId })
const agent = (userId: string): Holder => ({ kind: 'agent', userId })

const announces = (userId: string) => ({ holder: agent(userId), announce: userId })
const news = (kind: 'agentHasIt' | 'agentJoined' | 'agentSpoke' | 'agentLeft', userId: string): News => ({
  kind,
  userId,
})

describe('advance', () => {
  it.each([
    ['nobody yet', nobody, announces('a1')],
    ['the same agent', agent('a1'), { holder: agent('a1') }],
    ['another agent', agent('a2'), announces('a1')],
    ['the queue', queue, announces('a1')],
    ['another one who left', left('a2'), announces('a1')],
    ['the same agent, who had left', left('a1'), { holder: agent('a1') }],
  ])('announces an agent who has the chat after %s, unless they were announced last', (_, holder, step) => {
    expect(advance(holder, news('agentHasIt', 'a1'))).toEqual(step)
  })

  it.each([
    ['announced after nobody', nobody, announces('a1')],
    ['announced after the queue', queue, announces('a1')],
    ['announced after another one who left', left('a2'), announces('a1')],
    ['no news when it is the one announced', agent('a1'), { holder: agent('a1') }],
    ['no news when they are back', left('a1'), { holder: agent('a1') }],
    ['a helper beside another agent', agent('a2'), { holder: agent('a2') }],
  ])('an agent who joins is %s', (_, holder, step) => {
    expect(advance(holder, news('agentJoined', 'a1'))).toEqual(step)
  })

  it.each([
    ['announced by the plugin when they are the first', nobody, { holder: agent('a1') }],
    ['announced after the queue, where the plugin would not', queue, announces('a1')],
    ['announced after another one who left', left('a2'), announces('a1')],
    ['no news when they have left, since they may have written before', left('a1'), { holder: left('a1') }],
    ['no news when it is the one announced', agent('a1'), { holder: agent('a1') }],
    ['a helper beside another agent', agent('a2'), { holder: agent('a2') }],
  ])('an agent who writes is %s', (_, holder, step) => {
    expect(advance(holder, news('agentSpoke', 'a1'))).toEqual(step)
  })

  it.each([
    ['no longer has the chat', agent('a1'), left('a1')],
    ['changes nothing for another who has the chat', agent('a2'), agent('a2')],
    ['changes nothing in the queue', queue, queue],
    ['changes nothing before any agent', nobody, nobody],
  ])('an agent who leaves %s and is not announced', (_, holder, next) => {
    expect(advance(holder, news('agentLeft', 'a1'))).toEqual({ holder: next })
  })

  it.each([agent('a1'), left('a1')])(
    'says that the end user waits again when the chat returns to the queue: %o',
    (holder) => {
      expect(advance(holder, { kind: 'backInQueue' })).toEqual({ holder: queue, sayWaiting: true })
    },
  )

  it.each([nobody, queue])('does not say it twice, or before any agent: %o', (holder) => {
    expect(advance(holder, { kind: 'backInQueue' })).toEqual({ holder })
  })

  const ids = fc.constantFrom('a1', 'a2', 'a3')
  const holders: fc.Arbitrary<Holder> = fc.oneof(fc.constant(nobody), fc.constant(queue), ids.map(left), ids.map(agent))
  const anyNews: fc.Arbitrary<News> = fc.oneof(
    fc.constant<News>({ kind: 'backInQueue' }),
    fc
      .tuple(fc.constantFrom('agentHasIt', 'agentJoined', 'agentSpoke', 'agentLeft'), ids)
      .map(([kind, id]) => news(kind, id)),
  )

  it('changes nothing when the same news comes twice', () => {
    fc.assert(
      fc.property(holders, anyNews, (holder, item) => {
        const first = advance(holder, item)
        expect(advance(first.holder, item)).toEqual({ holder: first.holder })
      }),
    )
  })

  it('announces only the agent who then has the session, and never one who already had it', () => {
    fc.assert(
      fc.property(holders, anyNews, (before, item) => {
        const { holder, announce } = advance(before, item)
        if (announce === undefined) return
        expect(holder).toEqual(agent(announce))
        expect(before).not.toEqual(holder)
      }),
    )
  })

  it('never returns to nobody', () => {
    fc.assert(
      fc.property(fc.array(anyNews, { minLength: 1 }), (items) => {
        const kinds = items.reduce<Holder[]>((held, item) => [...held, advance(held.at(-1)!, item).holder], [nobody])
        const firstHeld = kinds.findIndex(({ kind }) => kind !== 'nobody')
        if (firstHeld >= 0) expect(kinds.slice(firstHeld)).not.toContainEqual(nobody)
      }),
    )
  })
})

describe('isSameHolder', () => {
  it.each([
    [nobody, nobody],
    [queue, queueAfter('a2')],
    [agent('a1'), agent('a1')],
  ])('is true of %o and %o', (a, b) => {
    expect(isSameHolder(a, b)).toBe(true)
  })

  it.each([
    [nobody, queue],
    [queue, agent('a1')],
    [queue, left('a1')],
    [agent('a1'), agent('a2')],
    [agent('a1'), nobody],
    [agent('a1'), left('a1')],
    [left('a1'), left('a2')],
  ])('is false of %o and %o', (a, b) => {
    expect(isSameHolder(a, b)).toBe(false)
    expect(isSameHolder(b, a)).toBe(false)
  })
})
