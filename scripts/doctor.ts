import { existsSync, readFileSync } from 'node:fs'
import { loadEnvFile } from 'node:process'
import { runChecks } from '../src/setup/checks/run-checks'
import { createMemory } from '../src/operation/memory'
import { systemRuntime } from '../src/shared/runtime'
import { printsHelp } from '../tools/help'
import { contextOf } from './doctor/context'
import { readEnvFile } from './doctor/env-file'
import { readEnvironment } from './doctor/environment'
import { printChecks } from './doctor/print-checks'
import { watchNetwork } from './doctor/watch-network'

const help = `npm run doctor

Runs the checks of the action Diagnose from a terminal, before or without an
installation. Reads .env: copy .env.example and fill it in. Variables that the
shell sets override the file.

Exit code: 0 no problem was found, 1 there is a problem, 2 LiveChat could not be
asked.`

const main = async (): Promise<number> => {
  if (printsHelp(help)) return 0
  const file = existsSync('.env') ? readEnvFile(readFileSync('.env', 'utf8')) : undefined
  const isOfShell = (name: string): boolean => process.env[name] !== undefined
  const cut = file?.cut.filter((name) => !isOfShell(name)) ?? []
  const emptyInShell = file?.named.filter((name) => process.env[name] === '') ?? []
  if (file) loadEnvFile('.env')
  const given = readEnvironment(process.env, file && { ...file, cut, emptyInShell })
  if (!given.ok) {
    console.error(`Not run: ${given.problem}`)
    return 2
  }
  const startedMs = performance.now()
  console.error('Asking LiveChat, at most 25 s …')
  const memory = createMemory(systemRuntime)
  const { http, unreached } = watchNetwork(memory.http)
  const checks = await runChecks(given.configuration, (settings) =>
    contextOf({ ...memory, http }, settings, given.webhookUrl),
  )
  console.error(`Asked in ${((performance.now() - startedMs) / 1000).toFixed(1)} s.`)
  const silent = unreached()
  if (silent) {
    console.error(
      `Not checked: ${silent.what} could not be reached from this machine (${silent.code}). Look at its network, proxy or firewall, then run this again.`,
    )
    return 2
  }
  const isColoured = process.stdout.isTTY && !process.env['NO_COLOR']
  const all = [...given.findings, ...checks]
  console.log(printChecks(all, { isColoured: isColoured || Boolean(process.env['FORCE_COLOR']) }))
  return all.some(({ status }) => status === 'problem') ? 1 : 0
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
