import type { Finding } from '../release/checks'
import { deployChecks, referenceOf, type DeployOptions } from './checks'
import { run } from '../terminal/run'

const words: Record<Finding['status'], string> = { ok: 'ok', unknown: 'unknown', failed: 'FAILED' }

/**
 * Checks, then uploads if nothing failed. Stops at the first failure. What could not be asked is said and does not stop: Botpress refuses by itself what
 * it does not allow.
 * @param args go to the CLI's `deploy`, such as `--visibility public`
 * @returns the exit code
 */
export const deploy = async (
  options: DeployOptions & { isDryRun: boolean; args: readonly string[] },
  print: (line: string) => void,
): Promise<number> => {
  const checks = deployChecks(options)
  for (const [index, { title, check }] of checks.entries()) {
    print(`${`${index + 1}/${checks.length}`.padEnd(8)} ${title} …`)
    const startedMs = performance.now()
    const { status, said } = await check()
    print(`${words[status].padEnd(8)} ${title}: ${said}${timeSince(startedMs)}`)
    if (status !== 'failed') continue
    print('Nothing was uploaded: fix this first.')
    return 1
  }
  if (options.isDryRun) {
    print('Nothing was uploaded: that was a dry run.')
    return 0
  }
  print(`Uploading ${referenceOf(options)} …`)
  const { code, output } = await run(options.cli, ['deploy', '-y', ...options.args], options.root)
  print(output.trimEnd())
  print(code === 0 ? `Deployed ${referenceOf(options)}.` : 'The upload failed: see above.')
  return code === 0 ? 0 : 1
}

/** Only where somebody had to wait. */
const timeSince = (startedMs: number): string => {
  const seconds = (performance.now() - startedMs) / 1000
  return seconds < 2 ? '' : ` (${seconds.toFixed(0)} s)`
}
