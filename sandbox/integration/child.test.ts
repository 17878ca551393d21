import { describe, expect, it } from 'vitest'
import { VirtualClock } from '../clock'
import type { IntegrationOptions, IntegrationProcess } from './process'
import { isAlive, useStub } from './stub/use-stub'

const stub = useStub()
const { start, run, timeOf } = stub

describe('a process that is reused', () => {
  const reuse = (options: Partial<IntegrationOptions> = {}): Promise<IntegrationProcess> =>
    start({ reusesProcess: true, clock: new VirtualClock(1_000), ...options })
  /** Another one may wait from an earlier test. */
  const reuseAgain = async (pid: number | undefined, options: Partial<IntegrationOptions> = {}): Promise<void> => {
    await stub.integration?.close()
    await reuse(options)
    expect(stub.integration?.pid).toBe(pid)
  }

  it('knows nothing of the run before', async () => {
    const { pid, logs } = await reuse({ env: { SECRET_EXAMPLE: 'x' }, timeScale: 10 })
    await run('count')
    expect((await run('count')).result).toBe(2)
    await run('log', 'of the first run')
    await expect.poll(() => logs()).toContain('of the first run')
    await reuseAgain(pid, { clock: new VirtualClock(9_000), addressMap: {} })
    expect((await run('count')).result).toBe(1)
    expect((await run('environment')).result).not.toContain('SECRET_EXAMPLE')
    expect((await run('time')).result).toMatchObject({ now: 9_000 })
    expect(await timeOf('timer', '200')).toBeGreaterThan(190)
    expect((await run('axios', 'https://api.vendor.example/')).error).toContain('no address outside')
    expect(stub.integration?.logs()).not.toContain('of the first run')
  })

  it('follows the clock of its present run', async () => {
    const [first, second] = [new VirtualClock(1_000), new VirtualClock(5_000)]
    const { pid } = await reuse({ clock: first })
    await reuseAgain(pid, { clock: second })
    await first.advance(100)
    await second.advance(1)
    expect((await run('time')).result).toMatchObject({ now: 5_001 })
  })

  it.each([
    ['answers a request', (): unknown => run('timer', '5000').catch(() => undefined)],
    ['has work for later', (): unknown => run('later', 'late')],
  ])('ends instead if its run still %s', async (_, work) => {
    const { pid } = await reuse()
    const worked = work()
    await expect.poll(async () => (await run('count')).result).toBeGreaterThan(0)
    await stub.integration?.close()
    expect(isAlive(pid ?? 0)).toBe(false)
    await worked
  })

  it('is none that was killed', async () => {
    const { pid, kill, restart } = await reuse()
    await kill()
    await restart()
    expect(stub.integration?.pid).not.toBe(pid)
  })
})
