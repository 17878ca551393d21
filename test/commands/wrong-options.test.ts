import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'

const root = resolve(__dirname, '../..')

it.each([
  ['sandbox/main.ts', ['--port', 'abc'], /^--port takes a number from 0 to 65535, not "abc"\.$/m],
  ['sandbox/main.ts', ['--livechat-port', '70000'], /^--livechat-port takes a number from 0 to 65535, not "70000"\.$/m],
  ['sandbox/main.ts', ['--seed', 'x'], /^--seed takes a whole number, not "x"\.$/m],
  ['sandbox/main.ts', ['--open', 'nothing.json'], /^There is no file .*nothing\.json\.$/m],
  ['sandbox/demo.ts', ['--knob', 'nothing=1'], /^There is no knob nothing\. There are: .*autoAssign/m],
  ['weather/main.ts', ['--nothing'], /^Unknown option '--nothing'/m],
])('%s %j: says what is wrong, without a stack', async (file, options, words) => {
  const { code, output } = await new Promise<{ code: number; output: string }>((done) => {
    const args = ['--import', require.resolve('tsx'), resolve(root, file), ...options]
    execFile(process.execPath, args, { cwd: root }, (error, stdout, stderr) =>
      done({ code: error ? 1 : 0, output: stdout + stderr }),
    )
  })
  expect(output).toMatch(words)
  expect(output).not.toMatch(/^ +at /m)
  expect(code).toBe(1)
})
