import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { buildBundle } from '../../../tools/build'
import { startIntegration, type IntegrationOptions, type IntegrationProcess } from '../process'

type Stub = {
  /** A folder that goes after the tests. */
  folder: string
  bundlePath: string
  standInPort: number
  /** The process of the present test. It is closed after the test. */
  integration: IntegrationProcess | undefined
  start: (options?: Partial<IntegrationOptions>) => Promise<IntegrationProcess>
  /** Lets the process run a command of the stub. */
  run: (command: string, argument?: string) => Promise<{ result?: unknown; error?: string }>
  timeOf: (command: string, argument?: string) => Promise<number>
}

const answerWithWhatArrived: http.RequestListener = (request, response) => {
  if (request.url === '/hang') return
  response.end(JSON.stringify({ host: request.headers.host, url: request.url }))
}

/** The stub of an integration, and a server that stands in for whatever it calls, for the tests of one file. */
export const useStub = (): Stub => {
  const standIn = http.createServer(answerWithWhatArrived)
  const stub: Stub = {
    folder: '',
    bundlePath: '',
    standInPort: 0,
    integration: undefined,
    start: async (options = {}) => {
      const { bundlePath, standInPort } = stub
      stub.integration = await startIntegration({
        bundlePath,
        botpressUrl: `http://127.0.0.1:${standInPort}`,
        botpressToken: 'token',
        addressMap: { 'api.vendor.example': standInPort, 'cdn.vendor.example': standInPort },
        ...options,
      })
      return stub.integration
    },
    run: async (command, argument = '') => {
      const body = JSON.stringify({ command, argument })
      const answer = await fetch(`${stub.integration?.url}/`, { method: 'POST', body })
      return (await answer.json()) as { result?: unknown; error?: string }
    },
    timeOf: async (command, argument) => Number((await stub.run(command, argument)).result),
  }

  beforeAll(async () => {
    stub.folder = await mkdtemp(join(tmpdir(), 'integration-process-'))
    stub.bundlePath = join(stub.folder, 'stub.cjs')
    await buildBundle({ entry: 'sandbox/integration/stub/index', outfile: stub.bundlePath })
    standIn.listen(0, '127.0.0.1')
    await once(standIn, 'listening')
    stub.standInPort = (standIn.address() as AddressInfo).port
  })
  afterAll(async () => {
    standIn.close()
    standIn.closeAllConnections()
    await rm(stub.folder, { recursive: true })
  })
  afterEach(async () => {
    await stub.integration?.close()
    stub.integration = undefined
  })
  return stub
}

export const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
