import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DeployOptions } from './checks'
import { deploy } from './deploy'

/** Stands in for the Botpress CLI: gives the prepared answers and records what it was asked. */
const standIn = (answers: Record<string, { code: number; output: string }>): string => `
const [command, sub] = process.argv.slice(2)
require('node:fs').appendFileSync(__dirname + '/asked.txt', process.argv.slice(2).join(' ') + '\\n')
const { code, output } = ${JSON.stringify(answers)}[command === 'integrations' ? command + ' ' + sub : command]
if (code === 0) process.stdout.write(output + '\\n')
else process.stderr.write(output + '\\n')
process.exitCode = code
`
const usualAnswers = {
  'integrations get': { code: 1, output: '\u001b[31m×\u001b[39m Integration cedar/livechat-hitl@1.2.3 not found' },
  lint: { code: 0, output: 'Linting complete' },
  deploy: { code: 0, output: 'Integration deployed' },
}
const right = {
  'package.json': JSON.stringify({ name: 'livechat-hitl', version: '1.2.3', repository: 'https://example.com/kettle' }),
  'package-lock.json': '{"version":"1.2.3"}',
  'hub.md': '# Kettles\n\nSee [the source](https://example.com/kettle).\n',
  'CHANGELOG.md': '# Changelog\n\n## 1.2.3 (2026-01-05)\n\n- Kettles whistle.\n\n## 1.2.2\n\n- They boil.\n',
}

let folder: string
let root: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deploy-'))
  root = join(folder, 'project')
})
afterEach(() => rm(folder, { recursive: true }))

type Change = {
  files?: Record<string, string>
  /** Name of a file that is written after the commit. */
  uncommitted?: string
  answers?: Partial<typeof usualAnswers>
  options?: Partial<DeployOptions>
  isDryRun?: boolean
  args?: string[]
}

const play = async ({ files, uncommitted, answers, options, isDryRun = false, args = [] }: Change) => {
  execFileSync('git', ['init', '--quiet', root])
  for (const [name, text] of Object.entries({ ...right, ...files })) await writeFile(join(root, name), text)
  const git = (...rest: string[]) =>
    execFileSync('git', ['-c', 'user.name=Cedar', '-c', 'user.email=cedar@example.com', ...rest], { cwd: root })
  git('add', '.')
  git('commit', '--quiet', '--message', 'Kettles')
  if (uncommitted !== undefined) await writeFile(join(root, uncommitted), 'x')
  const cli = join(folder, 'cli.cjs')
  await writeFile(cli, standIn({ ...usualAnswers, ...answers }))
  const lines: string[] = []
  const code = await deploy(
    {
      root,
      name: 'livechat-hitl',
      handle: 'cedar',
      environment: {},
      version: '1.2.3',
      cli: [process.execPath, cli],
      checks: [process.execPath, '-e', ''],
      measureBundle: () => Promise.resolve({ bytes: 120, emptyBytes: 100, ownBytes: 10 }),
      budget: { timesEmpty: 1.25, ownBytes: 20 },
      isDryRun,
      args,
      ...options,
    },
    (line) => lines.push(line),
  )
  const asked = (await readFile(join(folder, 'asked.txt'), 'utf8').catch(() => '')).trim().split('\n')
  return { code, printed: lines.join('\n'), asked }
}

const get = 'integrations get cedar/livechat-hitl@1.2.3 --json'

describe('npm run deploy', () => {
  it('uploads when every check passes, and hands the options to the CLI', async () => {
    const { code, printed, asked } = await play({ args: ['--visibility', 'public'] })
    expect(printed).not.toMatch(/^(FAILED|unknown)/m)
    expect(printed).toMatch(/Integration deployed\nDeployed cedar\/livechat-hitl@1\.2\.3\.$/)
    expect(asked).toEqual([get, 'lint', 'deploy -y --visibility public'])
    expect(code).toBe(0)
  })

  it('does everything but the upload in a dry run', async () => {
    const { code, printed, asked } = await play({ isDryRun: true })
    expect(asked).toEqual([get, 'lint'])
    expect(printed).toMatch(/Nothing was uploaded: that was a dry run\.$/)
    expect(code).toBe(0)
  })

  it.each<[string, Change, RegExp]>([
    [
      'a file that is not committed',
      { uncommitted: 'kettle.ts' },
      /^FAILED {3}Working tree: commit.*\n\?\? kettle\.ts/m,
    ],
    [
      'two versions',
      { files: { 'package-lock.json': '{"version":"1.2.2"}' } },
      /Version: package\.json says 1\.2\.3, package-lock\.json 1\.2\.2/,
    ],
    [
      'a source without a public address',
      { files: { 'package.json': '{"version":"1.2.3","repository":"https://repository.invalid/kettle"}' } },
      /Address of the source: write the address of the source into package\.json/,
    ],
    ['no entry', { files: { 'CHANGELOG.md': '## 1.2.2\n\n- They boil.\n' } }, /Changelog: .*no section for 1\.2\.3/],
    [
      'an empty entry',
      { files: { 'CHANGELOG.md': '## 1.2.3\n\n## 1.2.2\n\n- They boil.\n' } },
      /Changelog: .*says nothing of 1\.2\.3/,
    ],
    [
      'an entry without a date',
      { files: { 'CHANGELOG.md': '## 1.2.3 (unreleased)\n\n- They whistle.\n' } },
      /gives 1\.2\.3 no date/,
    ],
    ['no handle', { options: { handle: undefined } }, /Handle: name your workspace's handle.*--handle <handle>/],
    [
      'credentials without the address of the API',
      { options: { environment: { BP_TOKEN: 't', BP_WORKSPACE_ID: 'w' } } },
      /Credentials: the environment lacks BP_API_URL/,
    ],
    [
      'a version that is public',
      { answers: { 'integrations get': { code: 0, output: '{"id":"x","public":true}' } } },
      /Not yet published: cedar\/livechat-hitl@1\.2\.3 is public already: raise the version/,
    ],
    [
      'a version that is unlisted',
      { answers: { 'integrations get': { code: 0, output: '{"public":false,"visibility":"unlisted"}' } } },
      /is unlisted already: raise the version/,
    ],
    [
      'a public version of which the CLI prints much, in colour',
      {
        answers: {
          'integrations get': {
            code: 0,
            output: JSON.stringify({ schema: 'x'.repeat(300_000), visibility: 'public' }, undefined, 2),
          },
        },
      },
      /is public already/,
    ],
    [
      'a version of which the CLI does not say what it is',
      { answers: { 'integrations get': { code: 0, output: "{ id: '\u001b[32mx\u001b[39m', public: true" } } },
      /does not say whether it is private: raise the version/,
    ],
    [
      'a check that does not pass',
      { options: { checks: [process.execPath, '-e', 'console.log("type error");process.exit(2)'] } },
      /npm run check: does not pass:\ntype error/,
    ],
    [
      'a bundle that has grown',
      { options: { measureBundle: () => Promise.resolve({ bytes: 126, emptyBytes: 100, ownBytes: 10 }) } },
      /Bundle size: .*1\.260 times.*allows 1\.25 times/,
    ],
    [
      'more of our own than allowed',
      { options: { measureBundle: () => Promise.resolve({ bytes: 110, emptyBytes: 100, ownBytes: 21 }) } },
      /Bundle size: .*21 of our own.*allows/,
    ],
    [
      'a guide that Botpress refuses',
      { answers: { lint: { code: 1, output: 'action x: no title' } } },
      /bp lint: does not pass:\naction x: no title/,
    ],
  ])('uploads nothing with %s', async (_, change, words) => {
    const { code, printed, asked } = await play(change)
    expect(printed).toMatch(words)
    expect(printed).toMatch(/Nothing was uploaded: fix this first\.$/)
    expect(asked.filter((line) => line.startsWith('deploy'))).toEqual([])
    expect(code).toBe(1)
  })

  it('stops at the first failure, says what it is about to check, and asks the slow ones last', async () => {
    const slow = { options: { checks: [process.execPath, '-e', 'process.exit(2)'] as const } }
    const first = await play({ uncommitted: 'kettle.ts', ...slow })
    expect(first.printed.match(/^FAILED.*/gm)).toHaveLength(1)
    expect(first.asked).toEqual([''])
    const titles = [...first.printed.matchAll(/^ *\d+\/\d+ +(.*) …$/gm)].map(([, title]) => title)
    expect(titles).toEqual(['Handle', 'Credentials', 'Working tree'])
  })

  it('replaces a private version', async () => {
    const { code, printed } = await play({ answers: { 'integrations get': { code: 0, output: '{"public":false}' } } })
    expect(printed).toMatch(/^ok {7}Not yet published: .*private: it will be replaced/m)
    expect(code).toBe(0)
  })

  it('says that Botpress could not be asked, uploads, and leaves a refusal to Botpress', async () => {
    const { code, printed } = await play({
      answers: {
        'integrations get': { code: 1, output: 'not logged in' },
        deploy: { code: 1, output: 'not logged in' },
      },
    })
    expect(printed).toMatch(/^unknown {2}Not yet published: Botpress could not be asked \(not logged in\)/m)
    expect(printed).toMatch(/The upload failed: see above\.$/)
    expect(code).toBe(1)
  })

  it('does not mistake an error of npm, which cannot fetch the CLI, for an answer of the CLI', async () => {
    const npm = { code: 1, output: 'npm error code ETARGET\nnpm error notarget No matching version found' }
    const { printed, code } = await play({ answers: { 'integrations get': npm, lint: npm }, isDryRun: true })
    expect(printed).toMatch(/^unknown {2}Not yet published: Botpress could not be asked \(npm error code ETARGET\)/m)
    expect(printed).toMatch(/^unknown {2}bp lint: could not be run \(npm error code ETARGET\)$/m)
    expect(code).toBe(0)
  })

  it('says when the CLI cannot be run at all', async () => {
    const { printed } = await play({ options: { cli: [join(tmpdir(), 'no-such-program')] }, isDryRun: true })
    expect(printed).toMatch(/^unknown {2}Not yet published: Botpress could not be asked/m)
    expect(printed).toMatch(/^unknown {2}bp lint: could not be run/m)
  })
})
