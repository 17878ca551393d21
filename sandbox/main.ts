import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs, styleText } from 'node:util'
import { buildBundle } from '../scripts/build'
import { buildPage } from '../scripts/build-page'
import { definitionJson } from '../scripts/definition-json'
import { openBrowser } from './control/open-browser'
import { startControl } from './control/server'
import { startPageSystem } from './control/start-page-system'
import { foreignIntegration } from './integration/foreign'
import type { SystemOptions } from './start-sandbox'

const options = {
  'no-page': { type: 'boolean', default: false },
  'no-open': { type: 'boolean', default: false },
  port: { type: 'string', default: '4000' },
  'livechat-port': { type: 'string', default: '4010' },
  'botpress-port': { type: 'string', default: '4020' },
  seed: { type: 'string', default: '1' },
  bundle: { type: 'string' },
  integration: { type: 'string' },
  definition: { type: 'string' },
} as const

type Definition = Parameters<typeof definitionJson>[0]

const main = async (): Promise<void> => {
  const { values } = parseArgs({ options })
  const usesOwnBundle = values.integration === undefined && values.bundle === undefined
  const [pageRoot] = await Promise.all([
    values['no-page'] ? undefined : buildPage(),
    usesOwnBundle ? buildBundle() : undefined,
  ])
  const system = await startPageSystem({
    seed: Number(values.seed),
    ports: { livechat: Number(values['livechat-port']), botpress: Number(values['botpress-port']) },
    ...(values.bundle === undefined ? {} : { bundlePath: resolve(values.bundle) }),
    ...(values.definition === undefined ? {} : { definition: definitionJson(await readDefinition(values.definition)) }),
    ...startOf(values.integration),
  })
  const control = await startControl({
    system,
    port: Number(values.port),
    people: [{ name: 'Teal Visitor', email: 'teal@example.com' }],
    ...(pageRoot === undefined ? {} : { pageRoot }),
  })

  const lines: [string, string][] = [
    [pageRoot === undefined ? 'Control' : 'Page', control.url],
    ['LiveChat', system.livechat.url],
    ['Botpress', system.botpress.url],
    ['Webhooks', system.botpress.url + new URL(system.installation.webhookUrl).pathname],
  ]
  for (const [name, url] of lines) console.log(`${name.padStart(10)}  ${styleText('cyan', url)}`)
  console.log(styleText('dim', '            Nothing leaves this machine. Ctrl+C ends it.'))
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

const startOf = (url: string | undefined): Pick<SystemOptions, 'startIntegration'> =>
  url === undefined ? {} : { startIntegration: () => Promise.resolve(foreignIntegration(url)) }

const readDefinition = async (path: string): Promise<Definition> => {
  const module = (await import(pathToFileURL(resolve(path)).href)) as { default: Definition }
  return module.default
}

const explain = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const isTaken = 'code' in error && error.code === 'EADDRINUSE'
  return isTaken
    ? `${error.message}\nChoose other ports with --port, --livechat-port and --botpress-port.`
    : error.message
}

main().catch((error: unknown) => {
  console.error(explain(error))
  process.exit(1)
})
