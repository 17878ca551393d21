import { deployChecks, type DeployOptions, type Finding } from './checks'
import { run } from './run'

const words: Record<Finding['status'], string> = { ok: 'ok', unknown: 'unknown', failed: 'FAILED' }

/**
 * Runs the checks, then uploads if none failed. A check that could not be made is reported and does not stop the
 * upload: Botpress itself refuses what it does not allow.
 * @param args go to the CLI's `deploy`, such as `--visibility public`
 * @returns the exit code
 */
export const deploy = async (
  options: DeployOptions & { isDryRun: boolean; args: readonly string[] },
  print: (line: string) => void,
): Promise<number> => {
  let failures = 0
  for (const { title, check } of deployChecks(options)) {
    const { status, said } = await check()
    if (status === 'failed') failures += 1
    print(`${words[status].padEnd(8)} ${title}: ${said}`)
  }
  if (failures > 0) {
    print(`Nothing was uploaded: ${failures} to fix.`)
    return 1
  }
  if (options.isDryRun) {
    print('Nothing was uploaded: that was a dry run.')
    return 0
  }
  const { code, output } = await run(options.cli, ['deploy', '-y', ...options.args], options.root)
  print(output.trimEnd())
  print(code === 0 ? `Deployed ${options.name}@${options.version}.` : 'The upload failed: see above.')
  return code === 0 ? 0 : 1
}
