import * as client from '@botpress/client'
import { describe, expect, it } from 'vitest'
import { LiveChatTimeoutError } from '../../livechat/errors'
import { DeadlineExceededError } from '../../shared/deadline'
import { isNotFound, mayLaterSucceed, MustRepeatError, PlatformAnswerError, repeatKeyedWrite } from './platform-errors'

const errors = {
  400: new client.InvalidPayloadError('x'),
  401: new client.UnauthorizedError('x'),
  403: new client.ForbiddenError('x'),
  404: new client.ResourceNotFoundError('x'),
  409: new client.AlreadyExistsError('x'),
  429: new client.RateLimitedError('x'),
  500: new client.InternalError('x'),
}

describe('mayLaterSucceed', () => {
  it.each([
    ['a rate limit', errors[429]],
    ['a refused token', errors[401]],
    ['a bill to pay', new client.PaymentRequiredError('x')],
    ['a forbidden call', errors[403]],
    ['a used-up quota', new client.QuotaExceededError('x')],
    ['a conflict', errors[409]],
    ['a lock', new client.ResourceLockedConflictError('x')],
    ['the page of a proxy', new PlatformAnswerError('x')],
    ['something that must be repeated', new MustRepeatError(errors[404])],
    ['an internal error', errors[500]],
    ['a broken connection', Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })],
    ['our own deadline', new DeadlineExceededError('x')],
    ['a LiveChat that does not answer', new LiveChatTimeoutError('get_chat')],
    ['something thrown that is no error', 'x'],
    ['nothing', undefined],
  ])('is true for %s', (_, error) => {
    expect(mayLaterSucceed(error)).toBe(true)
  })

  it.each([
    ['an unusable payload', errors[400]],
    ['a deleted conversation', errors[404]],
    ['a payload that is too large', new client.PayloadTooLargeError('x')],
    ['a payload that cannot be processed', Object.assign(new client.InvalidPayloadError('x'), { code: 422 })],
    ['an object that is gone', new client.ResourceGoneError('x')],
    ['an error of our own for the owner of the bot', new client.RuntimeError('x')],
  ])('is false for %s', (_, error) => {
    expect(mayLaterSucceed(error)).toBe(false)
  })
})

describe('isNotFound', () => {
  it('is true for what Botpress does not have', () => {
    expect(isNotFound(errors[404])).toBe(true)
  })

  it.each([
    errors[400],
    errors[403],
    errors[500],
    new Error('ResourceNotFound'),
    { type: 'ResourceNotFound' },
    undefined,
  ])('is false for %s', (error) => {
    expect(isNotFound(error)).toBe(false)
  })
})

describe('repeatKeyedWrite', () => {
  const run = async (...ends: unknown[]): Promise<{ result: unknown; writes: number }> => {
    let writes = 0
    const write = (): Promise<unknown> => {
      const end = ends[writes]
      writes += 1
      return end instanceof Error ? Promise.reject(end) : Promise.resolve(end)
    }
    const result: unknown = await repeatKeyedWrite(write).catch((error: unknown) => error)
    return { result, writes }
  }

  it('writes once when that works', async () => {
    await expect(run('done')).resolves.toEqual({ result: 'done', writes: 1 })
  })

  it.each([errors[500], errors[403], errors[409]])('writes again after %s, which may pass', async (error) => {
    await expect(run(error, 'done')).resolves.toEqual({ result: 'done', writes: 2 })
  })

  it('does not write a third time', async () => {
    const second = new client.InternalError('y')
    await expect(run(errors[500], second)).resolves.toEqual({ result: second, writes: 2 })
  })

  it.each([errors[400], errors[404], errors[429], new Error('socket hang up')])(
    'does not write again after %s',
    async (error) => {
      await expect(run(error)).resolves.toEqual({ result: error, writes: 1 })
    },
  )
})
