import { describe, expect, it } from 'vitest'
import { causeHeader, causeOf, keepCause, presentCause, withCause } from './cause'

describe('a cause', () => {
  it('goes along with the work that it set off, and with nothing else', async () => {
    const seen = await Promise.all(
      [1, 2].map((cause) =>
        withCause(cause, async () => {
          await new Promise((resolve) => setImmediate(resolve))
          return presentCause()
        }),
      ),
    )
    expect(seen).toEqual([1, 2])
    expect(presentCause()).toBeUndefined()
  })

  it('is kept for work that somebody else starts later', () => {
    const later = withCause(7, () => keepCause(presentCause))
    expect(withCause(8, later)).toBe(7)
  })

  it('passes through a header', () => {
    expect(causeOf(withCause(300, causeHeader).traceparent)).toBe(300)
    expect(causeHeader()).toEqual({})
  })

  it.each([undefined, '', 'x', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'])(
    'is not read from the header %s',
    (header) => {
      expect(causeOf(header)).toBeUndefined()
    },
  )
})
