import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs, styleText } from 'node:util'
import { buildBundle } from '../tools/build'
import { buildPage } from '../tools/build-page'
import { printsHelp } from '../tools/help'
import { definitionJson, type DefinitionJson } from '../tools/definition-json'
import { openBrowser } from './control/open-browser'
import { startRecording } from './control/recording'
import { startControl } from './control/server'
import { readSession } from './control/session-file'
import { startPageSystem } from './control/start-page-system'
import { foreignIntegration } from './integration/foreign'
import { readKnobSettings } from './knob-settings'
import { clientId, webhookSecret, type System, type SystemOptions } from './start-sandbox'

const options = {
  'no-page': { type: 'boolean', default: false },
  'no-open': { type: 'boolean', default: false },
  port: { type: 'string', default: '4000' },
  'livechat-port': { type: 'string', default: '4010' },
  'botpress-port': { type: 'string', default: '4020' },
  seed: { type: 'string', default: '1' },
  knob: { type: 'string', multiple: true },
  bundle: { type: 'string' },
  integration: { type: 'string' },
  definition: { type: 'string' },
  configuration: { type: 'string' },
  open: { type: 'string' },
} as const

const help = `npm start [-- <options>]      builds, starts and opens the page
npm run sandbox [-- <options>]   the same, without opening it

Starts an emulated LiveChat, an emulated Botpress and the integration. Nothing
leaves this machine.

  --port <number>           page and control API (4000)
  --livechat-port <number>  the emulated LiveChat (4010)
  --botpress-port <number>  the emulated Botpress (4020)
  --seed <number>           for ids, tokens and faults with a chance (1)
  --knob <name=value>       how a vendor behaves; as often as needed
  --no-page                 emulators, integration and control API only
  --no-open                 prints the address of the page only
  --bundle <file>           another bundle to run
  --integration <url>       an integration that already runs
  --definition <file>       its definition
  --configuration <json>    the fields of its configuration
  --open <file>             shows a session that was exported; nothing runs

docs/sandbox.md explains them.`

const main = async (): Promise<void> => {
  if (printsHelp(help)) return
  const { values } = parseArgs({ options })
  const port = readPort('--port', values.port)
  const ports = {
    livechat: readPort('--livechat-port', values['livechat-port']),
    botpress: readPort('--botpress-port', values['botpress-port']),
  }
  if (!/^\d+$/.test(values.seed)) throw new Error(`--seed takes a whole number, not "${values.seed}".`)
  if (values.open !== undefined) return showRecording({ ...values, port, file: values.open })
  const usesOwnBundle = values.integration === undefined && values.bundle === undefined
  const [pageRoot] = await Promise.all([
    values['no-page'] ? undefined : buildPage(),
    usesOwnBundle ? buildBundle() : undefined,
  ])
  const definition = values.definition === undefined ? {} : { definition: await readDefinition(values.definition) }
  const start = (): Promise<System> =>
    startPageSystem({
      seed: Number(values.seed),
      ...readKnobSettings(values.knob ?? []),
      ports,
      ...(values.bundle === undefined ? {} : { bundlePath: resolve(values.bundle) }),
      ...definition,
      ...(values.configuration === undefined ? {} : { foreignConfiguration: readConfiguration(values.configuration) }),
      ...startOf(values.integration),
    })
  let system = await start()
  const control = await startControl({
    system,
    restart: async () => (system = await start()),
    port,
    people: [{ name: 'Teal Visitor', email: 'teal@example.com' }],
    ...(pageRoot === undefined ? {} : { pageRoot }),
  })

  const lines: [string, string][] = [
    [pageRoot === undefined ? 'Control' : 'Page', control.url],
    ['LiveChat', system.livechat.url],
    ['Botpress', system.botpress.url],
    ['Webhooks', system.botpress.url + new URL(system.installation.webhookUrl).pathname],
  ]
  if (values.integration !== undefined) {
    const { organizationId } = system.livechat.license
    lines.push(['Client id', clientId], ['Organization', organizationId], ['Secret', webhookSecret])
  }
  for (const [name, value] of lines) console.log(`${name.padStart(12)}  ${styleText('cyan', value)}`)
  console.log(styleText('dim', '              Nothing leaves this machine. Ctrl+C ends it.'))
  const { status, statusReason } = system.installation
  if (status !== 'registered') console.log(styleText('yellow', `Not registered: ${statusReason ?? status}`))
  if (pageRoot !== undefined && !values['no-open']) openBrowser(control.url)

  const stop = (): void => {
    void control
      .close()
      .then(() => system.close())
      .then(() => process.exit(0))
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}

/** Shows a session that somebody has exported. Nothing runs. */
const showRecording = async (values: Recording): Promise<void> => {
  const session = readSession(await readFile(resolve(values.file), 'utf8'))
  const page = values['no-page'] ? {} : { pageRoot: await buildPage() }
  const { url } = await startRecording({ session, port: values.port, ...page })
  console.log(`${(values['no-page'] ? 'Control' : 'Page').padStart(12)}  ${styleText('cyan', url)}`)
  console.log(styleText('dim', `              A session recorded at ${session.recordedAt}. Ctrl+C ends it.`))
  if (!values['no-page'] && !values['no-open']) openBrowser(url)
}

type Recording = { file: string; port: number; 'no-page': boolean; 'no-open': boolean }

const startOf = (url: string | undefined): Pick<SystemOptions, 'startIntegration'> =>
  url === undefined ? {} : { startIntegration: () => Promise.resolve(foreignIntegration(url)) }

type Definition = Parameters<typeof definitionJson>[0]

/** The path of a module whose default export is the definition, or of a file with the output of `bp read --json`. */
const readDefinition = async (path: string): Promise<DefinitionJson> => {
  if (path.endsWith('.json')) return JSON.parse(await readFile(resolve(path), 'utf8')) as DefinitionJson
  const module = (await import(pathToFileURL(resolve(path)).href)) as { default: Definition }
  return definitionJson(module.default)
}

const readPort = (option: string, typed: string): number => {
  const port = Number(typed)
  if (/^\d+$/.test(typed) && port < 65_536) return port
  throw new Error(`${option} takes a number from 0 to 65535, not "${typed}".`)
}

const readConfiguration = (text: string): Record<string, unknown> => {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch (error) {
    throw new Error('--configuration takes the fields as JSON: {"apiKey":"…"}', { cause: error })
  }
}

const explain = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  if ('code' in error && error.code === 'EADDRINUSE') {
    return `${error.message}\nChoose other ports with --port, --livechat-port and --botpress-port.`
  }
  if ('code' in error && error.code === 'ENOENT' && 'path' in error) return `There is no file ${String(error.path)}.`
  if (error.message.startsWith('Configuration:')) return `${error.message}\nGive the fields with --configuration.`
  return error.message
}

main().catch((error: unknown) => {
  console.error(explain(error))
  process.exit(1)
})
