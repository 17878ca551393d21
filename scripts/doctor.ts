import { existsSync } from 'node:fs'
import { loadEnvFile } from 'node:process'
import { runChecks } from '../src/setup/checks/run-checks'
import { createMemory } from '../src/operation/memory'
import { systemRuntime } from '../src/shared/runtime'
import { contextOf } from './doctor/context'
import { readEnvironment } from './doctor/environment'
import { printChecks } from './doctor/print-checks'

/**
 * Runs the checks of the action `diagnose` from a terminal. Exit code 1 means a problem, 2 that nothing could be
 * checked.
 */
const main = async (): Promise<number> => {
  // Variables that the shell sets override the file.
  if (existsSync('.env')) loadEnvFile('.env')
  const given = readEnvironment(process.env)
  if (!given.ok) {
    console.error(`Not run: ${given.problem}`)
    return 2
  }
  const memory = createMemory(systemRuntime)
  const checks = await runChecks(given.configuration, (settings) => contextOf(memory, settings, given.webhookUrl))
  const isColoured = process.stdout.isTTY && !process.env['NO_COLOR']
  console.log(printChecks(checks, { isColoured: isColoured || Boolean(process.env['FORCE_COLOR']) }))
  return checks.some(({ status }) => status === 'problem') ? 1 : 0
}

main().then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.stack : 'Something went wrong')
    process.exitCode = 2
  },
)
