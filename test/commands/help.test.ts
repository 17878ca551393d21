import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

const root = resolve(__dirname, '../..')
const { scripts } = z
  .object({ scripts: z.record(z.string()) })
  .parse(JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')))

/** Those that are programs of this project. The others have the help of their own programs. */
const commands = Object.entries(scripts).flatMap(([name, command]) => {
  const file = /tsx (\S+\.ts)(?!.*tsx)/.exec(command)?.[1]
  return file === undefined ? [] : [{ name, file }]
})

const ask = (file: string): Promise<{ code: number; output: string }> =>
  new Promise((done) => {
    const args = ['--import', require.resolve('tsx'), resolve(root, file), '--help']
    execFile(process.execPath, args, { cwd: root }, (error, stdout, stderr) =>
      done({ code: error ? 1 : 0, output: stdout + stderr }),
    )
  })

describe('every command explains itself', () => {
  it('is found in package.json', () => {
    expect(commands.length).toBeGreaterThan(12)
  })

  it.each(commands)('npm run $name -- --help', async ({ name, file }) => {
    const { code, output } = await ask(file)
    expect(code).toBe(0)
    expect(output).toContain(name === 'start' ? 'npm start' : `npm run ${name}`)
    expect(output.split('\n').filter((line) => line.length > 80)).toEqual([])
    expect(output.split('\n').length).toBeGreaterThan(3)
  })
})
