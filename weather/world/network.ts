import {
  answerRequest,
  toWire,
  type SandboxRequest,
  type SandboxResponse,
  type ServerOptions,
  type StartServer,
} from '../../sandbox/http-server'
import type { Timeline } from './timeline'

export type NetRequest = {
  method: string
  url: string
  /** Names in small letters. */
  headers: Record<string, string>
  body: Buffer
  /** The client of the SDK makes the call again by itself. */
  isRepetition?: boolean
}
export type NetResponse = { status: number; headers: Record<string, string | string[]>; bytes: Buffer }

/** `reset`: the connection broke, before or after the request took effect. */
export type Outcome = NetResponse | 'reset'

/** One request on its way. `route` is the name that the emulator gives it, `number` counts the requests of a route. */
export type Call = { route: string; number: number; request: SandboxRequest; server: ServerOptions }

/** How long something is under way, by a name that says what and which way. */
export type Latency = (name: string) => number

/**
 * The network of a world: every request is an entry of the timeline on its way there, and another one on its way back.
 * Several requests overtake each other as their latencies decide.
 */
export class Network {
  private readonly servers: { options: ServerOptions; hosts: RegExp }[] = []
  private readonly counts = new Map<string, number>()

  public constructor(
    private readonly timeline: Timeline,
    private readonly latencyMs: Latency,
  ) {}

  /** Serves an emulator under its vendor's host names. */
  public readonly startServer: StartServer = (options) => {
    const hosts = options.side === 'livechat' ? /livechat/ : /botpress|bpcontent|telegram/
    this.servers.push({ options, hosts })
    return Promise.resolve({ port: 1, url: `https://${options.side}.invalid`, close: () => Promise.resolve() })
  }

  public call(asked: NetRequest): Call {
    const { server, request } = this.addressed(asked)
    const route = server.routeOf(request) ?? 'unknown'
    const number = (this.counts.get(route) ?? 0) + 1
    this.counts.set(route, number)
    return { route, number, request, server }
  }

  /** Asks a server at once and without a fault, for somebody of whom the processes know nothing. */
  public ask(asked: NetRequest): Promise<SandboxResponse> {
    const { server, request } = this.addressed(asked)
    return server.handle(request)
  }

  /**
   * Brings a request to its server, and calls `back` when the answer has come back. `back` is never called if the server
   * never answers.
   */
  public send({ route, number, request, server }: Call, back: (outcome: Outcome) => void): void {
    this.timeline.setTimer(this.latencyMs(`${route}#${number} there`), async () => {
      const answer = await answerRequest(server, request)
      if (answer === 'hang') return
      const outcome = answer === 'reset' ? answer : toWire(answer, server.dateMs?.())
      this.timeline.setTimer(this.latencyMs(`${route}#${number} back`), () => back(outcome))
    })
  }

  private addressed({ method, url, headers, body }: NetRequest): Pick<Call, 'request' | 'server'> {
    const { hostname, pathname, searchParams } = new URL(url)
    const server = this.servers.find(({ hosts }) => hosts.test(hostname))?.options
    if (!server) throw new Error(`No server has the name ${hostname}`)
    return { server, request: { method, host: hostname, path: pathname, query: searchParams, headers, body } }
  }
}
