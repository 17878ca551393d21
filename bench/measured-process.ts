import { fork } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'

export type Usage = {
  /** Processor time of all threads since the process began, garbage collection included. */
  cpuMs: number
  rss: number
  heapUsed: number
}

/** A bundle in a process of its own, served as in the sandbox. It reports what the process uses. */
export type MeasuredProcess = {
  port: number
  usage: (options?: { collect: boolean }) => Promise<Usage>
  close: () => Promise<void>
}

const sandboxChild = resolve(__dirname, '../sandbox/integration/child')
const meter = resolve(__dirname, 'child/meter.cjs')

/** Starts a bundle with both vendors' addresses mapped to one port of loopback. */
export const startMeasured = async (bundlePath: string, platformsPort: number): Promise<MeasuredProcess> => {
  const child = fork(`${sandboxChild}/start.cjs`, [], {
    execArgv: ['--require', `${sandboxChild}/preload.cjs`, '--require', meter],
    // Nobody reads its output. Its answers are checked.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: {
      TZ: 'UTC',
      BP_API_URL: `http://127.0.0.1:${platformsPort}`,
      BP_TOKEN: 'bench-token',
      BP_LOG_FORMAT: 'json',
      BP_WEBHOOK_URL: 'https://webhook.botpress.cloud',
      SANDBOX_BUNDLE: bundlePath,
      SANDBOX_ADDRESS_MAP: JSON.stringify({
        'accounts.livechat.com': platformsPort,
        'api.livechatinc.com': platformsPort,
      }),
    },
  })
  const [listening] = (await once(child, 'message')) as [{ type: string; port: number }]
  return {
    port: listening.port,
    usage: async ({ collect } = { collect: false }) => {
      child.send({ type: 'usage', collect })
      const [usage] = (await once(child, 'message')) as [Usage]
      return usage
    },
    close: async () => {
      const ended = once(child, 'close')
      child.kill('SIGKILL')
      await ended
    },
  }
}
