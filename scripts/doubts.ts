import { spawn } from 'node:child_process'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { allDoubts, nameOf, readKnobSettings } from '../sandbox/knob-settings'
import { buildBundle } from '../tools/build'
import { printsHelp } from '../tools/help'

const help = `npm run test:doubts [-- --knob <name=value> …]

Plays the demo under each open belief about the vendors, then all scenarios.
Beliefs that do not touch each other share a run of the scenarios. Files that
fail in such a run are played again under each of its beliefs alone, to find
the cause of each failure. Takes about half an hour.

  --knob <name=value>  once or more: makes one run with these beliefs instead`

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const REPORTS = resolve(ROOT, 'reports/doubts')

/**
 * The beliefs of one run concern different calls and moments. A belief that is not listed here has a run of its own.
 */
const shared: string[][] = [
  [
    'refuseSystemMessageFromCustomer=validation',
    'refuseFilledFormFromCustomer=true',
    'chatTransferredOnFirstAssignment=never',
    'additionalData=never',
    'transferReasonPrefix=routing',
    'phoneNumberOfCustomer=refused',
    'pinnedAfterCustomerClose=false',
    'patchMissingState=creates',
    'closingRemarkAs=system',
    'historyPayloadExtras=false',
  ],
  [
    'secondStartChatError=limit_reached',
    'refuseSystemMessageRecipients=true',
    'defaultSystemMessageRecipients=all',
    'alreadyActiveError=validation',
    'unknownChatError=validation',
    'chatTransferredOnFirstAssignment=always',
    'agentReopenTakesSource=true',
    'pastAgents=notPresentAtClose',
    'channelUsersReadable=true',
    'additionalData=always',
    'phoneNumberOfCustomer=ignored',
    'queuePlaceInProperties=true',
    'workSchedulerShape=by_day',
    'voidBody={}',
    'region=dal',
    'requireResponseType=true',
    'strictIncomingPayloads=false',
    'pageSize=100',
    'closingRemarksForAgentsOnly=true',
  ],
  [
    'secondStartChatError=validation_with_message',
    'refuseSystemMessageFromCustomer=authorization',
    'unknownSystemMessageTypesShown=true',
    'unknownChatError=authorization',
    'agentIdShape=email',
    'pastAgents=removedAtReopening',
    'activationDelayMs=750',
    'region=fra',
    'rotateCst=false',
    'workSchedulerShape=absent',
    'missingReferenceError=ResourceNotFound',
    'applyConfigurationDefaults=true',
    'pageSize=5',
  ],
  [
    'webhookDuplicates=3',
    'raceGetOrCreate=true',
    'stateSurvivesUpgrade=false',
    'privateFileUrlMs=60000',
    'newCstEndsOld=true',
  ],
  [
    'webhookOrder=before',
    'customerSystemMessageSeenByCustomer=false',
    'concurrentMessageOperations=true',
    'pluginTagsVisible=true',
    'publicFileDelayMs=0',
    'usesOwnAlias=true',
  ],
  [
    'webhookShuffle=true',
    'activationDelayMs=3000',
    'refuseSystemMessageFromCustomer=missing_access',
    'linksAuthorsPerMessage=false',
    'webchatCopiesOfAgents=kept',
    'ignoresRepeatedStart=false',
  ],
  [
    'processingOrder=shuffled',
    'stopOvertakesFarewell=true',
    'repeatFailedOperations=true',
    'concurrentUpstreamMessages=true',
  ],
]

type Failure = { test: string; reason: string }
type Result = {
  settings: string[]
  passed: number
  seconds: number
  failures: Failure[]
  /** The files in which something failed. */
  files: string[]
}

type VitestReport = {
  numPassedTests: number
  testResults: {
    name: string
    status: string
    message: string
    assertionResults: { fullName: string; status: string; failureMessages: string[] }[]
  }[]
}

/** Resolves with the exit code and what was printed. */
const run = (command: string[], env: Record<string, string> = {}): Promise<{ code: number; output: string }> =>
  new Promise((done) => {
    const child = spawn('npx', command, { cwd: ROOT, env: { ...process.env, ...env } })
    const chunks: Buffer[] = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('close', (code) => done({ code: code ?? 1, output: Buffer.concat(chunks).toString('utf8') }))
  })

const playDemo = async (settings: string[]): Promise<Result> => {
  const startedMs = performance.now()
  const { code, output } = await run(['tsx', 'sandbox/demo.ts', ...settings.flatMap((text) => ['--knob', text])])
  const failures = code === 0 ? [] : [{ test: 'the demo', reason: output.trim().split('\n').at(-1) ?? '' }]
  return { settings, passed: 1 - failures.length, seconds: secondsSince(startedMs), failures, files: [] }
}

const playScenarios = async (settings: string[], files: string[] = []): Promise<Result> => {
  const startedMs = performance.now()
  const report = resolve(REPORTS, 'last.json')
  await rm(report, { force: true })
  const options = ['--config', 'vitest.doubts.config.mts', '--reporter=json', `--outputFile.json=${report}`]
  const { output } = await run(['vitest', 'run', ...options, ...files], { SANDBOX_KNOBS: JSON.stringify(settings) })
  const { numPassedTests, testResults } = await readReport(report, output)
  if (testResults.length === 0) throw new Error(`No scenario was run:\n${output}`)
  const broken = testResults.filter(({ status }) => status === 'failed')
  return {
    settings,
    passed: numPassedTests,
    seconds: secondsSince(startedMs),
    failures: broken.flatMap(failuresOf),
    files: broken.map(({ name }) => relative(ROOT, name)),
  }
}

const failuresOf = ({ name, message, assertionResults }: VitestReport['testResults'][number]): Failure[] => {
  const file = relative(ROOT, name)
  const failed = assertionResults.filter(({ status }) => status === 'failed')
  if (failed.length === 0) return [{ test: file, reason: firstLine(message) }]
  return failed.map(({ fullName, failureMessages }) => ({
    test: `${file}: ${fullName}`,
    reason: firstLine(failureMessages[0]),
  }))
}

const readReport = async (path: string, output: string): Promise<VitestReport> => {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as VitestReport
  } catch (error) {
    throw new Error(`vitest wrote no report:\n${output}`, { cause: error })
  }
}

const firstLine = (text = ''): string => text.split('\n')[0] ?? ''

const secondsSince = (startedMs: number): number => Math.round((performance.now() - startedMs) / 100) / 10

/**
 * Plays several beliefs together. Files that fail are played under each belief alone, until each failure has its cause.
 */
const playApart = async (settings: string[]): Promise<Result[]> => {
  const together = await playScenarios(settings)
  tell(together, 'scenarios')
  const results = [together]
  const unexplained = new Set(together.failures.map(({ test }) => test))
  for (const setting of settings.length > 1 ? settings : []) {
    if (unexplained.size === 0) break
    const alone = await playScenarios([setting], together.files)
    tell(alone, '  alone')
    for (const { test } of alone.failures) unexplained.delete(test)
    results.push(alone)
  }
  // Such a failure needs several of the beliefs, or is due to chance.
  if (settings.length > 1) for (const test of unexplained) console.log(`    under none of them alone: ${test}`)
  return results
}

const COLUMNS = [10, 7, 7, 8]

const tellLine = (cells: string[], last: string): void =>
  console.log([...cells.map((cell, index) => cell.padEnd(COLUMNS[index] ?? 0)), last].join(' '))

const tell = ({ settings, passed, seconds, failures }: Result, what: string): void => {
  tellLine([what, String(passed), String(failures.length), `${seconds} s`], settings.join(' '))
  for (const { test, reason } of failures) console.log(`    ${test}\n      ${reason}`)
}

const main = async (): Promise<number> => {
  if (printsHelp(help)) return 0
  const { values } = parseArgs({ options: { knob: { type: 'string', multiple: true } } })
  readKnobSettings(values.knob ?? [])
  readKnobSettings(shared.flat())
  const alone = allDoubts.map(nameOf).filter((name) => !shared.flat().includes(name))
  const runs = [...shared, ...alone.map((name) => [name])]
  await mkdir(REPORTS, { recursive: true })
  await buildBundle()
  tellLine(['', 'passed', 'failed', 'time'], 'settings')
  const results: Result[] = []
  for (const settings of values.knob ? [values.knob] : allDoubts.map((doubt) => [nameOf(doubt)])) {
    const demo = await playDemo(settings)
    tell(demo, 'demo')
    results.push(demo)
  }
  for (const settings of values.knob ? [values.knob] : runs) results.push(...(await playApart(settings)))
  const failed = results.filter(({ failures }) => failures.length > 0).length
  console.log(failed === 0 ? 'Everything holds under each of them.' : `${failed} of ${results.length} runs failed.`)
  return failed === 0 ? 0 : 1
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error))
    process.exit(1)
  },
)
