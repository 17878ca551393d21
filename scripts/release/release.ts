import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { entryOf, releaseChecks, type ReleaseOptions } from './checks'

export type ReleaseRun = ReleaseOptions & {
  /** The tag that is to be released, such as `v1.0.0`. */
  tag: string | undefined
  /** Where to write what the changelog says of this version. */
  notesPath: string | undefined
}

/**
 * Says of each check whether it holds. Writes the notes only if all hold.
 * @returns the exit code
 */
export const checkRelease = async (options: ReleaseRun, print: (line: string) => void): Promise<number> => {
  const { root, version, tag, notesPath } = options
  const wrong: string[] = []
  const say = (title: string, status: string, said: string): void => {
    print(`${(status === 'failed' ? 'FAILED' : status).padEnd(8)} ${title}: ${said}`)
    if (status === 'failed') wrong.push(title)
  }
  if (tag !== undefined) say('Tag', tag === `v${version}` ? 'ok' : 'failed', `${tag}, package.json says ${version}`)
  for (const { title, check } of releaseChecks(options)) {
    const { status, said } = await check()
    say(title, status, said)
  }
  if (wrong.length > 0) {
    print(`Not ready for a release: ${wrong.join(', ')}.`)
    return 1
  }
  if (notesPath !== undefined) {
    const entry = entryOf(await readFile(join(root, 'CHANGELOG.md'), 'utf8'), version)
    await writeFile(notesPath, `${entry?.text ?? ''}\n`)
  }
  print(`${version} is ready for a release.`)
  return 0
}
