import { describe, expect, it } from 'vitest'
import { isInventedEmail, isPluginsAddress, realName } from './placeholder-names'

describe('realName', () => {
  it.each([
    ['a name', 'Plum', 'Plum'],
    ['a name with spaces around it', '  Plum Visitor ', 'Plum Visitor'],
    ['a name in another script', '李', '李'],
    ['a name that contains a placeholder', 'Unknown Mortal', 'Unknown Mortal'],
    ['a name that is a number', '0', '0'],
  ])('keeps %s', (_, name, kept) => {
    expect(realName(name)).toBe(kept)
  })

  it.each([undefined, '', '   ', 'Unknown User', 'unknown user', ' UNKNOWN ', 'A human agent', 'undefined', 'null'])(
    'does not take %j for a name',
    (name) => {
      expect(realName(name)).toBeUndefined()
    },
  )
})

describe('isInventedEmail', () => {
  it.each([
    '1c2d@no-reply.hitl.botpress.com',
    'a+b@no-reply.plugins.eu-1.botpress.com',
    'someone@hitl.botpress.invalid',
    'SOMEONE@HITL.BOTPRESS.INVALID',
  ])('recognises %s as made up', (email) => {
    expect(isInventedEmail(email)).toBe(true)
  })

  it.each([
    'visitor@example.com',
    'support@botpress.com',
    'no-reply@botpress.com',
    'visitor@no-reply.example.com',
    'visitor@botpress.invalid.example.com',
    'visitor@hitl.botpress.invalid.example.com',
    'visitor@notbotpress.invalid',
    'no-reply.x.botpress.com@example.com',
    '',
  ])('does not take %j for a made-up address', (email) => {
    expect(isInventedEmail(email)).toBe(false)
  })
})

describe('isPluginsAddress', () => {
  const botId = '590E89A1-aaaa_bbbb'
  const address = 'user_01kc2v9q7e8fz5x3m4n6p7r8st@no-reply.590e89a1-aaaa-bbbb.botpress.com'

  it('recognises what the plugin of this bot makes up', () => {
    expect(isPluginsAddress(address, botId)).toBe(true)
    expect(isPluginsAddress(address.toUpperCase(), botId)).toBe(true)
  })

  it.each([
    address.replace('590e', '590f'),
    address.replace('user_', 'a+user_'),
    address.replace(/_\w+@/, '_1@'),
    `x@${address}`,
    `${address}.example.com`,
    'teal@no-reply.590e89a1-aaaa-bbbb.botpress.com',
    '',
  ])('does not take %j for one', (email) => {
    expect(isPluginsAddress(email, botId)).toBe(false)
  })
})
