import { describe, expect, it } from 'vitest'
import { classify } from '../../../src/content/classify'
import { eventSchema } from '../../../src/livechat/schema'

/** Row 24: greetings are told apart by a property that most events do not have. */
describe('without greetings', () => {
  it.each([
    ['no properties', undefined, true],
    ['properties of others', { routing: { continuous: true } }, true],
    ['no word about greetings', { lc2: {} }, true],
    ['a greeting', { lc2: { welcome_message: true } }, false],
    ['no greeting', { lc2: { welcome_message: false } }, true],
  ])('an event with %s', (_what, properties, isRelayed) => {
    const event = {
      id: 'e',
      type: 'message',
      text: 'Hello',
      author_id: 'amber@example.com',
      visibility: 'all',
      properties,
    }
    const verdict = classify(eventSchema.parse(event), 'customer', 'webhook', { relayGreetings: false })
    expect(verdict.relay).toBe(isRelayed)
  })
})
