import { describe, expect, it } from 'vitest'
import { privateNote, type StoryLine } from '../story'
import { checkPromises } from './promises'
import { wrap } from './wrap'

const right = {
  endUserSaw: ['Which model is it', 'A new kettle', 'guarantee.pdf'],
  agentSaw: [privateNote, 'my kettle leaks', 'The blue one', 'Wonderful, thank you'],
  isActive: false,
}
const lines = (side: StoryLine['side'], texts: string[]): StoryLine[] =>
  texts.map((text) => ({ side, from: 'Amber', text }))
const problemsOf = ({ endUserSaw, agentSaw, isActive }: typeof right): string[] =>
  checkPromises({
    endUserSaw: lines('end user', endUserSaw),
    agentSaw: lines('agent', agentSaw),
    isActive,
  }).flatMap(({ broken }) => broken)

describe('what the demo says at its end', () => {
  it('holds for a handoff in which everything went right, with the count of each side', () => {
    expect(problemsOf(right)).toEqual([])
    const [counts] = checkPromises({ endUserSaw: lines('end user', ['a', 'b']), agentSaw: [], isActive: false })
    expect(counts?.words).toBe('The end user saw 2 lines, and the agents saw 0.')
  })

  it.each([
    ['a private note is shown', { endUserSaw: [...right.endUserSaw, privateNote] }, 'saw a private note'],
    ['a message comes twice', { agentSaw: [...right.agentSaw, 'The blue one'] }, 'agent saw this twice: The blue one'],
    ['a message is lost', { endUserSaw: right.endUserSaw.slice(1) }, 'end user did not see the first answer'],
    ['the session goes on', { isActive: true }, 'did not end'],
    ['one side sees nothing', { agentSaw: [] }, 'One side saw nothing'],
  ])('fails when %s', (_, change, words) => {
    expect(problemsOf({ ...right, ...change }).join('\n')).toContain(words)
  })
})

describe('lines in a narrow terminal', () => {
  it.each([
    ['Hello there, kettle', ['Hello', 'there,', 'kettle']],
    ['short\n\nlines', ['short', '', 'lines']],
    ['https://example.com/x', ['https:/', '/exampl', 'e.com/x']],
    ['a bc def', ['a bc', 'def']],
  ])('%j is broken without losing a letter', (text, expected) => {
    expect(wrap(text, 7)).toEqual(expected)
  })
})
