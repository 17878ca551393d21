import { describe, expect, it } from 'vitest'
import { Timeline } from './timeline'

describe('the timeline', () => {
  it('lets things happen in order of time, and those of one moment in the order in which they were added', async () => {
    const timeline = new Timeline(1_000)
    const happened: string[] = []
    for (const [delayMs, name] of [
      [30, 'c'],
      [10, 'a'],
      [10, 'b'],
      [50, 'late'],
    ] as const) {
      timeline.setTimer(delayMs, () => void happened.push(`${name} ${timeline.nowMs()}`))
    }
    await timeline.runUntil(1_040)
    expect(happened).toEqual(['a 1010', 'b 1010', 'c 1030'])
    expect(timeline.nowMs()).toBe(1_040)
  })

  it('lets everything that waits for no time end before time goes on', async () => {
    const timeline = new Timeline(0)
    const happened: string[] = []
    timeline.setTimer(1, async () => {
      for (let turn = 0; turn < 100; turn += 1) await Promise.resolve()
      happened.push('first')
    })
    timeline.setTimer(2, () => void happened.push('second'))
    await timeline.runUntil(10)
    expect(happened).toEqual(['first', 'second'])
  })

  it('keeps the order of a thousand timers, and leaves out those that were cancelled', async () => {
    const timeline = new Timeline(0)
    const happened: number[] = []
    const cancels = Array.from({ length: 1_000 }, (_, index) => {
      const atMs = (index * 7_919) % 1_009
      return timeline.at(atMs, () => void happened.push(atMs))
    })
    cancels.filter((_, index) => index % 2 === 0).forEach((cancel) => cancel())
    await timeline.runUntil(2_000)
    expect(happened).toHaveLength(500)
    expect(happened).toEqual([...happened].sort((a, b) => a - b))
  })

  it('says that everybody waits if nothing will end the work', async () => {
    await expect(new Timeline(0).runThrough(new Promise(() => undefined))).rejects.toThrow('Everybody waits')
  })
})
