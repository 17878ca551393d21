import { fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { VirtualClock } from '../clock'
import { isAlive, useStub } from './stub/use-stub'

const stub = useStub()
const { start, run, timeOf } = stub

describe('the address map', () => {
  const ways = ['module', 'axios', 'filtered', 'fetch']

  it.each(ways)('leads %s to the port of a mapped host, over https and http', async (way) => {
    await start()
    expect(await run(way, 'https://api.vendor.example/v3?x=1')).toEqual({
      result: { host: 'api.vendor.example', url: '/v3?x=1' },
    })
    expect(await run(way, 'http://cdn.vendor.example:8080/file')).toEqual({
      result: { host: 'cdn.vendor.example:8080', url: '/file' },
    })
  })

  it('serves many requests of one keep-alive agent', async () => {
    await start()
    const answers = await Promise.all(Array.from({ length: 20 }, () => run('axios', 'https://api.vendor.example/')))
    expect(answers.every((answer) => answer.error === undefined)).toBe(true)
    expect((await run('axios', 'https://api.vendor.example/')).error).toBeUndefined()
  })

  it.each(ways.flatMap((way) => ['https', 'http'].map((scheme): [string, string] => [way, scheme])))(
    'refuses an address that is not mapped at once: %s over %s',
    async (way, scheme) => {
      await start()
      const startedMs = performance.now()
      const { error } = await run(way, `${scheme}://elsewhere.example/`)
      expect(error).toMatch(
        way === 'fetch' ? 'fetch failed' : /ECONNREFUSED sandbox: no address outside \(elsewhere.example:\d+\)/,
      )
      expect(performance.now() - startedMs).toBeLessThan(2_000)
    },
  )

  it('refuses an address given as a number', async () => {
    await start()
    expect((await run('axios', 'http://192.0.2.7/')).error).toContain('ECONNREFUSED sandbox')
    await expect
      .poll(() => stub.integration?.logs())
      .toContain('ECONNREFUSED sandbox: no address outside (192.0.2.7:80)')
  })

  it('leaves loopback reachable, because the platform is there', async () => {
    await start()
    expect((await run('axios', `http://127.0.0.1:${stub.standInPort}/`)).result).toMatchObject({ url: '/' })
    expect((await run('axios', `http://localhost:${stub.standInPort}/`)).result).toMatchObject({ url: '/' })
  })

  it.each([
    'http://127.0.0.1:1/',
    'https://127.0.0.1:1/',
    'http://localhost:1/',
    'http://10.0.0.1/',
    'http://[::1]:1/',
  ])('lets a filtering agent itself refuse %s', async (url) => {
    await start()
    expect((await run('filtered', url)).error).toContain('private IP address')
  })

  it.each(['10.0.0.5', '127.0.0.1', '169.254.169.254'])(
    'lets a name resolve to %s, and a filter sees that',
    async (address) => {
      await start({ nameMap: { 'rebound.example': address } })
      expect((await run('filtered', 'https://rebound.example/')).error).toContain('private IP address')
    },
  )

  it('without a filter, lets a name be reached only if it resolves to loopback', async () => {
    await start({ nameMap: { 'rebound.example': '127.0.0.1', 'far.example': '10.0.0.5' } })
    expect((await run('axios', `http://rebound.example:${stub.standInPort}/`)).result).toMatchObject({ url: '/' })
    expect((await run('axios', 'http://far.example/')).error).toContain('ECONNREFUSED sandbox')
  })

  it('answers look-ups without a name server', async () => {
    await start({ nameMap: { 'inside.example': '10.0.0.5' } })
    expect((await run('lookup', 'inside.example')).result).toEqual({ address: '10.0.0.5', family: 4 })
    expect((await run('lookup', 'api.vendor.example')).result).toMatchObject({ family: 4 })
    expect((await run('lookup', 'elsewhere.example')).error).toContain('ENOTFOUND sandbox')
    expect((await run('resolve', 'elsewhere.example')).error).toContain('ENOTFOUND sandbox')
  })
})

describe('the clock', () => {
  const time = async (): Promise<unknown> => (await run('time')).result
  const at = (ms: number): unknown => ({ now: ms, constructed: ms, parsed: '2020-02-02T00:00:00.000Z', isDate: true })

  it('follows the virtual clock and stands still between its moves', async () => {
    const clock = new VirtualClock(1_000_000)
    await start({ clock })
    expect(await time()).toEqual(at(1_000_000))
    await pause(20)
    expect(await time()).toEqual(at(1_000_000))
    await clock.advance(86_400_000)
    expect(await time()).toEqual(at(87_400_000))
  })

  it('is set once the answer has come, also for many moves at once', async () => {
    const { setClock } = await start({ clock: new VirtualClock(1) })
    await Promise.all([setClock(2), setClock(3), setClock(4)])
    expect(await time()).toEqual(at(4))
  })

  it('gives the present time to a process that was down meanwhile', async () => {
    const clock = new VirtualClock(5_000)
    const { kill, restart } = await start({ clock })
    await kill()
    await clock.advance(1_000)
    await restart()
    expect(await time()).toEqual(at(6_000))
  })

  it('is the real one by default', async () => {
    await start()
    const startedMs = Date.now()
    const { now } = (await time()) as { now: number }
    expect(now).toBeGreaterThanOrEqual(startedMs)
    expect(now).toBeLessThanOrEqual(Date.now())
  })
})

describe('the time scale', () => {
  it.each([
    ['timer', '2000'],
    ['pause', '2000'],
    ['abort', '2000'],
    ['timeout', 'https://api.vendor.example/hang'],
  ])('shortens the wait of %s', async (command, argument) => {
    await start({ timeScale: 10 })
    const tookMs = await timeOf(command, argument)
    expect(tookMs).toBeGreaterThan(150)
    expect(tookMs).toBeLessThan(1_500)
  })

  it('keeps short waits, and keeps all waits by default', async () => {
    await start({ timeScale: 10 })
    expect(await timeOf('timer', '45')).toBeGreaterThan(40)
    await stub.integration?.close()
    await start()
    expect(await timeOf('timer', '200')).toBeGreaterThan(190)
  })
})

describe('the process', () => {
  it('is reachable from this machine only', async () => {
    await start()
    expect((await run('address')).result).toMatchObject({ address: '127.0.0.1' })
  })

  it('inherits no variables and takes those given', async () => {
    await start({ env: { SECRET_EXAMPLE: 'x' } })
    const { result } = (await run('environment')) as { result: string[] }
    expect(result).toEqual(expect.arrayContaining(['BP_API_URL', 'BP_TOKEN', 'BP_LOG_FORMAT', 'SECRET_EXAMPLE']))
    expect(result).not.toContain('PATH')
  })

  it('receives characters unbroken that lie across two chunks of a body', async () => {
    await start()
    const text = 'é€🙂'.repeat(60_000)
    expect((await run('echo', `x${text}`)).result === `x${text}`).toBe(true)
  })

  it('gives the lines of both outputs, as a list and to listeners', async () => {
    const { logs, onLog } = await start()
    const heard: string[] = []
    const stop = onLog((line) => heard.push(line))
    await run('log', 'first\u2028still first\nsecond')
    await run('complain', 'third')
    await expect.poll(() => heard).toEqual(['first\u2028still first', 'second', 'third'])
    stop()
    await run('log', 'fourth')
    await expect.poll(() => logs()).toContain('fourth')
    expect(heard).toHaveLength(3)
  })

  it('comes back at the same address after a crash', async () => {
    const { url, kill, restart, pid, logs } = await start()
    await kill()
    expect(stub.integration?.pid).toBeUndefined()
    await expect(fetch(`${url}/health`)).rejects.toThrow()
    await restart()
    expect((await fetch(`${url}/health`)).status).toBe(200)
    expect(stub.integration?.pid).not.toBe(pid)
    expect(logs()).toContain("sandbox: the integration's process ended (SIGKILL)")
  })

  it('can be restarted while it runs, and closed twice', async () => {
    const { restart, close, pid } = await start()
    await restart()
    expect(stub.integration?.pid).not.toBe(pid)
    await close()
    await close()
    expect(stub.integration?.pid).toBeUndefined()
  })

  it('reports why a bundle did not start', async () => {
    const broken = join(stub.folder, 'broken.cjs')
    await writeFile(broken, 'throw new Error("no such thing")')
    await expect(start({ bundlePath: broken })).rejects.toThrow('no such thing')
  })

  it('ends with its parent', async () => {
    const parent = fork(resolve('sandbox/integration/stub/parent.ts'), [stub.bundlePath], {
      execArgv: ['--import', 'tsx'],
    })
    const [pid] = (await once(parent, 'message')) as [number]
    expect(isAlive(pid)).toBe(true)
    parent.kill('SIGKILL')
    await expect.poll(() => isAlive(pid), { timeout: 5_000 }).toBe(false)
  })
})
