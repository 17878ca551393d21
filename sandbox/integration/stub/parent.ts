import { startIntegration } from '../process'

/** A parent that starts an integration, reports its process id and never closes it. */
const main = async (): Promise<void> => {
  const { pid } = await startIntegration({
    bundlePath: String(process.argv[2]),
    botpressUrl: 'http://127.0.0.1:1',
    botpressToken: 'token',
    addressMap: {},
  })
  process.send?.(pid)
}

void main()
