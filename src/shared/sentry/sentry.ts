import axios = require('axios') // the copy of axios that @botpress/client brings into the bundle
import type { CrashSite } from './crash-site'
import { withDeadline } from '../deadline'
import type { Runtime } from '../runtime'

export type SentryProject = { url: string; publicKey: string }
export type CrashReport = CrashSite & {
  operation: string
  environment?: string | undefined
  release?: string | undefined
}

const budgetMs = 1_000

/** Parses `https://<key>@<host>/<project>`; a path may precede the project. `undefined` for anything else. */
export const parseDsn = (dsn: string): SentryProject | undefined => {
  if (!URL.canParse(dsn)) return undefined
  const { protocol, host, pathname, username } = new URL(dsn)
  const [, path, project] = /^(.*)\/(\d+)\/?$/.exec(pathname) ?? []
  if (protocol !== 'https:' || username === '' || project === undefined) return undefined
  return { url: `https://${host}${path ?? ''}/api/${project}/envelope/`, publicKey: username }
}

/**
 * Sends one event to Sentry's envelope endpoint. Sentry's SDKs do much more, but we need only this. Makes one attempt,
 * of one second at most.
 * @throws the error that prevented the sending
 */
export const sendCrash = async (runtime: Runtime, project: SentryProject, crash: CrashReport): Promise<void> => {
  const id = runtime.newId().replaceAll('-', '')
  const event = {
    event_id: id,
    timestamp: runtime.nowMs() / 1000,
    platform: 'node',
    level: 'error',
    environment: crash.environment,
    release: crash.release,
    tags: { operation: crash.operation },
    exception: { values: [{ type: crash.name, stacktrace: { frames: crash.frames.map(toFrame).reverse() } }] },
  }
  const envelope = [{ event_id: id }, { type: 'event' }, event].map((part) => JSON.stringify(part)).join('\n')
  await withDeadline(runtime, budgetMs, ({ signal }) =>
    axios.request({
      method: 'POST',
      url: project.url,
      headers: {
        'content-type': 'application/x-sentry-envelope',
        'x-sentry-auth': `Sentry sentry_version=7, sentry_client=livechat-hitl, sentry_key=${project.publicKey}`,
      },
      data: envelope,
      proxy: false,
      maxRedirects: 0,
      signal,
    }),
  )
}

const toFrame = ({ function: name, file, line, column }: CrashSite['frames'][number]) => ({
  function: name,
  filename: file,
  lineno: line,
  colno: column,
  in_app: true,
})
