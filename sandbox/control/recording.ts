import { ControlError } from './errors'
import { fileContent } from './files'
import { listen, type ControlServer, type Endpoint } from './http'
import type { LiveMessage, RecordedSession } from './views'
import { acceptWebSocket, type TextSocket } from './web-socket'

type Options = { session: RecordedSession; pageRoot?: string; port?: number }

/** Serves a recorded session: it can be looked at, and nothing can be done in it. */
export const startRecording = ({ session, pageRoot, port }: Options): Promise<ControlServer> => {
  const { causes, rows, entries, files, recordedAt } = session
  const missingFiles = files.flatMap((file) => ('missing' in file ? [{ url: file.url, missing: file.missing }] : []))
  const state = { ...session.state, recordedAt, missingFiles }
  const pages = new Set<TextSocket>()
  const hello: LiveMessage = { type: 'hello', state, causes, entries: rows }
  const endpoints: Endpoint[] = [
    { method: 'GET', path: '/api/state', run: () => ({ json: state }) },
    { method: 'GET', path: '/api/ledger', run: () => ({ json: entries }) },
    { method: 'GET', path: '/api/causes', run: () => ({ json: causes }) },
    {
      method: 'GET',
      path: '/api/ledger/:seq',
      run: ({ params }) => {
        const entry = entries.find(({ seq }) => seq === Number(params.seq))
        if (!entry) throw new ControlError(404, `There is no ledger entry ${params.seq}`)
        return { json: entry }
      },
    },
    {
      method: 'GET',
      path: '/api/files',
      run: ({ query }) => {
        const file = files.find(({ url }) => url === query.get('url'))
        if (!file || 'missing' in file) {
          throw new ControlError(404, `This file is not in the recording: ${file?.missing ?? 'nobody saw it'}`)
        }
        return fileContent(Buffer.from(file.base64, 'base64'), file.contentType)
      },
    },
    { method: 'GET', path: '/api/faults', run: () => ({ json: { common: [] } }) },
  ]
  return listen(
    {
      ...(pageRoot === undefined ? {} : { pageRoot }),
      ...(port === undefined ? {} : { port }),
      endpoints: () => endpoints,
      live: (request, socket) => {
        const page = acceptWebSocket(request, socket)
        pages.add(page)
        page.onClose(() => pages.delete(page))
        page.send(JSON.stringify(hello))
      },
    },
    () => {
      for (const page of pages) page.close()
    },
  )
}
