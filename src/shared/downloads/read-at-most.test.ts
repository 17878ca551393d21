import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { readAtMost } from './read-at-most'

class Endless extends Readable {
  public given = 0
  public override _read(): void {
    this.given += 1_000
    this.push(Buffer.alloc(1_000))
  }
}

describe('readAtMost', () => {
  it.each([
    ['within the limit', 3],
    ['exactly at the limit', 5],
    ['empty', 0],
  ])('gives all bytes of a stream that is %s', async (_, length) => {
    await expect(readAtMost(Readable.from([Buffer.alloc(length)]), length, 5)).resolves.toHaveLength(length)
  })

  it('joins the pieces in order', async () => {
    const stream = Readable.from([Buffer.from('ab'), Buffer.from('c')])
    expect(String(await readAtMost(stream, undefined, 5))).toBe('abc')
  })

  it('reads nothing of a stream that is declared too long', async () => {
    const stream = new Endless()
    await expect(readAtMost(stream, '6000', 5_000)).resolves.toBeUndefined()
    expect(stream.given).toBe(0)
    expect(stream.destroyed).toBe(true)
  })

  it.each([undefined, null, '10', 'many', ''])('stops reading at the limit when %j was declared', async (declared) => {
    const stream = new Endless()
    await expect(readAtMost(stream, declared, 5_000)).resolves.toBeUndefined()
    expect(stream.destroyed).toBe(true)
  })

  it('fails when the stream breaks', async () => {
    const stream = new Readable({ read: (): undefined => undefined })
    const reading = readAtMost(stream, undefined, 5)
    stream.destroy(new Error('connection lost'))
    await expect(reading).rejects.toThrow('connection lost')
  })
})
