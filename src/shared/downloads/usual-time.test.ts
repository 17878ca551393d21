import { expect, it } from 'vitest'
import { createUsualTime } from './usual-time'

it.each([
  ['no call', [], 0],
  ['one call', [150], 150],
  ['one call that was slow among quick ones', [140, 3_000, 150], 150],
  ['calls that became slow', [100, 100, 100, 600, 600, 600], 600],
])('the usual time after %s', (_name, durations, usualMs) => {
  const usual = createUsualTime()
  for (const each of durations) usual.note(each)
  expect(usual.ms()).toBe(usualMs)
})
