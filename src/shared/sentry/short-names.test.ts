import { expect, it } from 'vitest'
import { createShortNames } from './short-names'

it('gives the same name the same short name, and another name another', () => {
  const shorten = createShortNames(10)
  const first = shorten('a')
  expect(shorten('a')).toBe(first)
  expect(shorten('b')).not.toBe(first)
})

it('never gives a short name twice, even after it has forgotten a name', () => {
  const shorten = createShortNames(2)
  const all = ['a', 'b', 'c', 'a', 'b', 'c'].map(shorten)
  expect(new Set(all).size).toBe(6)
})
