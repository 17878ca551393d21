import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { expect, it } from 'vitest'

const root = resolve(__dirname, '../..')

it('the demo says what held, in 80 columns', async () => {
  const { code, output } = await new Promise<{ code: number; output: string }>((done) => {
    const args = ['--import', require.resolve('tsx'), resolve(root, 'sandbox/demo.ts')]
    execFile(process.execPath, args, { cwd: root }, (error, stdout, stderr) =>
      done({ code: error ? 1 : 0, output: stripVTControlCharacters(stdout + stderr) }),
    )
  })
  expect(output).toMatch(/What held\n {2}ok {6}The end user saw \d\d lines, and the agents saw \d\d\.\n/)
  expect(output.match(/^ {2}ok/gm)).toHaveLength(5)
  expect(output).not.toContain('BROKEN')
  expect(output.split('\n').filter((line) => Array.from(line).length > 80)).toEqual([])
  expect(code).toBe(0)
})
