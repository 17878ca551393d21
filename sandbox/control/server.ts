import type { System } from '../start-sandbox'
import { listen, type ControlServer, type Endpoint } from './http'
import { Live } from './live'
import type { NewPerson } from './people'
import { createEndpoints } from './routes'
import { createStage, learn, type Stage } from './stage'
import { Stream } from './stream'
import { acceptWebSocket } from './web-socket'

export type { ControlServer } from './http'

export type ControlOptions = {
  system: System
  port?: number
  /** Folder of the built page. Without one, only the API is served. */
  pageRoot?: string
  /** End users who exist from the start. */
  people?: NewPerson[]
  /** Makes a new system in place of one that was closed. Without it, the sandbox cannot be reset. */
  restart?: () => Promise<System>
}

/**
 * Serves the page, and the API by which any client controls the emulators. Listens on loopback only, and only for its
 * own pages. Closing it leaves the system running.
 */
export const startControl = async (options: ControlOptions): Promise<ControlServer> => {
  const { restart, people = [] } = options
  let stage = createStage(options.system, people)
  let endpoints = endpointsOf(stage)
  const live = new Live(stage.live)
  const stream = new Stream(() => stage)
  let stopFollowing = follow(stage, live, stream)

  function endpointsOf(present: Stage): Endpoint[] {
    return restart
      ? [...createEndpoints(present), { method: 'POST', path: '/api/reset', run: reset }]
      : createEndpoints(present)
  }

  async function reset(): Promise<{ json: unknown }> {
    stopFollowing()
    await stage.system.close()
    stage = createStage(await (restart ?? (() => Promise.resolve(stage.system)))(), people)
    endpoints = endpointsOf(stage)
    live.follow(stage.live)
    stopFollowing = follow(stage, live, stream)
    return { json: { ok: true } }
  }

  return listen(
    {
      ...(options.pageRoot === undefined ? {} : { pageRoot: options.pageRoot }),
      ...(options.port === undefined ? {} : { port: options.port }),
      endpoints: () => endpoints,
      stream: (path, request, response) => {
        if (path !== '/api/events') return false
        stream.connect(request, response)
        return true
      },
      live: (request, socket) => live.connect(acceptWebSocket(request, socket)),
      changed: () => {
        live.stateChanged()
        stream.stateChanged()
      },
    },
    () => {
      stopFollowing()
      stream.close()
      live.close()
    },
  )
}

/** Tells everybody who listens what happens on this stage. Returns a function that stops it. */
const follow = ({ system, people, masker, causes, rowOf }: Stage, live: Live, stream: Stream): (() => void) => {
  causes.subscribe((cause) => live.caused(cause))
  return system.ledger.subscribe((entry) => {
    learn(masker, entry)
    people.observe(entry)
    live.ledgerGrew(() => rowOf(entry))
    stream.ledgerGrew(entry)
  })
}
