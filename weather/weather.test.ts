import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '..')

/** Runs the command in a process of its own, because it replaces the clock and the network of its process. */
const weather = (...flags: string[]): Promise<{ code: number | null; output: string }> =>
  new Promise((done) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'weather/main.ts', ...flags], { cwd: ROOT })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')))
    child.on('close', (code) => done({ code, output }))
  })

const digests = (output: string): string[] => output.split('\n').filter((line) => line.startsWith('digest '))

describe('the simulation', () => {
  it('keeps every promise, and gives the same history for the same seed, whatever was played before', async () => {
    const [alone, after] = await Promise.all([
      weather('--seed', '8', '--count', '1', '--digests'),
      weather('--seed', '6', '--count', '3', '--digests'),
    ])
    expect(after.output.split('\n').filter((line) => line.startsWith('seed '))).toEqual([])
    expect(after.code).toBe(0)
    expect(digests(alone.output)).toHaveLength(1)
    expect(digests(after.output)).toContain(digests(alone.output)[0])
  }, 120_000)
})

describe('a scene', () => {
  it('keeps every promise without a mishap, and with one in each 2000th place', { timeout: 120_000 }, async () => {
    const { code, output } = await weather('--scenes', '--every', '2000')
    expect(output.split('\n').filter((line) => line.startsWith('scene '))).toEqual([])
    expect(code).toBe(0)
    expect(Number(/^(\d+) worlds/m.exec(output)?.[1])).toBeGreaterThan(100)
  })
})

describe('the worlds that once broke a promise', () => {
  it('break none that is not known', { timeout: 120_000 }, async () => {
    const folder = resolve(import.meta.dirname, 'fixtures')
    const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
    const { code, output } = await weather(...files.flatMap((file) => ['--plan', resolve(folder, file)]))
    expect(files.length).toBeGreaterThan(0)
    expect(output.split('\n').filter((line) => line.startsWith('broken'))).toEqual([])
    expect(code).toBe(0)
  })
})
