import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { loadEnvFile } from 'node:process'
import { createInterface } from 'node:readline/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { printsHelp } from '../tools/help'
import { help, readArguments, type ProbeArguments } from './probe/arguments'
import { noHands, terminalHands } from './probe/hands'
import { NotReady, type Preflight } from './probe/preflight'
import { runProbe } from './probe/probe'
import { startReceiver } from './probe/receiver'
import { reportOf, textOf } from './probe/report'
import { Stopped } from './probe/sighting'

/** `npm run probe -- --help` */
const main = async (): Promise<number> => {
  if (printsHelp(help)) return 0
  // Variables that the shell sets override the file.
  if (existsSync('.env')) loadEnvFile('.env')
  const given = readArguments(process.argv.slice(2), process.env)
  const stopping = new AbortController()
  const { signal } = stopping
  // A second signal changes nothing: what the probe has made must be put back.
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => stopping.abort())
  const isAsking = given.hasHands && process.stdin.isTTY

  const runId = `${new Date().toISOString().slice(0, 10)}-${randomBytes(3).toString('hex')}`
  const secret = randomBytes(24).toString('base64url')
  const receiver = await startReceiver({ port: given.port, secret, runId })
  const result = await runProbe({
    ...given,
    runId,
    secret,
    receiver,
    hands: isAsking ? terminalHands(signal) : noHands,
    fetch: (url, init) => fetch(url, init),
    wait: (ms) =>
      sleep(ms, undefined, { signal }).catch(() => {
        throw new Stopped('stopped')
      }),
    signal,
    confirm: (found) => confirm(given, found, signal),
    note: (line) => console.error(line),
  }).finally(() => receiver.close())
  if (!result) {
    console.error('Nothing was done.')
    return 2
  }
  const report = reportOf(result)
  if (given.jsonPath !== undefined) await writeFile(given.jsonPath, `${JSON.stringify(report, undefined, 2)}\n`)
  console.log(textOf(report))
  if (result.isStopped) return 130
  return report.beliefs.some(({ verdict }) => verdict === 'differs') ? 1 : 0
}

const confirm = async ({ groupId, isConfirmed }: ProbeArguments, found: Preflight, signal: AbortSignal) => {
  const { me, groupName } = found
  console.error(`The probe makes two customers and about ten short chats in group ${groupId} (${groupName}),
as ${me.email}, whose status it changes and puts back. It registers 12 webhooks
and removes them. It makes about 150 calls, which LiveChat may bill.`)
  if (isConfirmed) return true
  if (!process.stdin.isTTY) throw new NotReady('Nobody can be asked here: add --yes.')
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^y(es)?$/i.test((await terminal.question('Begin? [y/N] ', { signal })).trim())
  } finally {
    terminal.close()
  }
}

main().then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    const isExpected = error instanceof NotReady || isWrongOption(error)
    console.error(isExpected ? `Not run: ${error.message}` : error instanceof Error ? error.stack : 'It failed.')
    process.exitCode = 2
  },
)

const isWrongOption = (error: unknown): error is Error =>
  error instanceof Error && String(Reflect.get(error, 'code')).startsWith('ERR_PARSE_ARGS')
