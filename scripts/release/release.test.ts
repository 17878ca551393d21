import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkRelease } from './release'

const right = {
  'package.json': '{"version":"1.2.3","repository":"https://example.com/kettle"}',
  'package-lock.json': '{"version":"1.2.3"}',
  'hub.md': 'See [the source](https://example.com/kettle).\n',
  'CHANGELOG.md':
    '# Changelog\n\n## 1.2.3 (2026-01-05)\n\n- Kettles whistle.\n\n## 1.2.2 (2026-01-01)\n\n- They boil.\n',
}

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'release-'))
})
afterEach(() => rm(root, { recursive: true }))

const play = async (files: Partial<typeof right>, tag = 'v1.2.3') => {
  for (const [name, text] of Object.entries({ ...right, ...files })) await writeFile(join(root, name), text)
  const lines: string[] = []
  const notesPath = join(root, 'notes.md')
  const code = await checkRelease({ root, version: '1.2.3', tag, notesPath }, (line) => lines.push(line))
  const notes = await readFile(notesPath, 'utf8').catch(() => undefined)
  return { code, printed: lines.join('\n'), notes }
}

describe('npm run release:check', () => {
  it('passes, and writes what the changelog says of this version alone', async () => {
    const { code, printed, notes } = await play({})
    expect(printed).toMatch(/1\.2\.3 is ready for a release\.$/)
    expect(notes).toBe('- Kettles whistle.\n')
    expect(code).toBe(0)
  })

  it.each<[string, Partial<typeof right>, RegExp]>([
    [
      'two versions',
      { 'package-lock.json': '{"version":"1.2.2"}' },
      /^FAILED {3}Version: .*package-lock\.json 1\.2\.2/m,
    ],
    [
      'no address in package.json',
      { 'package.json': '{"version":"1.2.3","repository":"https://repository.invalid/kettle"}' },
      /^FAILED {3}Address of the source: write the address/m,
    ],
    [
      'an empty address in package.json',
      { 'package.json': '{"version":"1.2.3","repository":""}' },
      /^FAILED {3}Address of the source: write the address/m,
    ],
    [
      'a link of hub.md that was forgotten',
      { 'hub.md': 'https://example.com/kettle https://repository.invalid/kettle/blob/main/x.md' },
      /^FAILED {3}Address of the source: write the address/m,
    ],
    ['a guide without the address', { 'hub.md': 'Kettles.' }, /^FAILED {3}Address of the source: hub\.md has no link/m],
    [
      'a section without a date',
      { 'CHANGELOG.md': '## 1.2.3 (unreleased)\n\n- They whistle.\n' },
      /^FAILED {3}Changelog: .*no date/m,
    ],
  ])('fails with %s, and writes no notes', async (_, files, words) => {
    const { code, printed, notes } = await play(files)
    expect(printed).toMatch(words)
    expect(printed).toMatch(/^Not ready for a release: /m)
    expect(notes).toBeUndefined()
    expect(code).toBe(1)
  })

  it('fails with the tag of another version', async () => {
    const { code, printed } = await play({}, 'v1.2.4')
    expect(printed).toMatch(/^FAILED {3}Tag: v1\.2\.4, package\.json says 1\.2\.3$/m)
    expect(code).toBe(1)
  })

  it('names everything that is wrong at once', async () => {
    const { printed } = await play({ 'CHANGELOG.md': '', 'hub.md': '' }, '1.2.3')
    expect(printed).toMatch(/^Not ready for a release: Tag, Address of the source, Changelog\.$/m)
  })
})
