import type { SandboxRequest, SandboxResponse } from '../../http-server'
import { BotpressApiError } from '../errors'
import { FILE_HOST } from '../file-host'
import type { World } from '../world'
import { authorise, authoriseBot } from './auth'
import { handleBotCall, isBotCall } from './bot-calls'
import type { ApiAnswer, Route } from './call'
import { conversationRoutes } from './conversations'
import { eventRoutes } from './events'
import { fileRoutes } from './files'
import { initializeIncomingMessageRoute } from './initialize-incoming-message'
import { integrationRoutes } from './integrations'
import { messageRoutes } from './messages'
import { participantRoutes } from './participants'
import { stateRoutes } from './states'
import { userRoutes } from './users'

const MAX_REQUEST_BYTES = 1024 * 1024

const routes: Route[] = [
  ...userRoutes,
  ...conversationRoutes,
  ...participantRoutes,
  ...messageRoutes,
  initializeIncomingMessageRoute,
  ...eventRoutes,
  ...stateRoutes,
  ...integrationRoutes,
  ...fileRoutes,
]

const matchers = routes.map((route) => ({
  route,
  pattern: new RegExp(`^${route.path.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}$`),
}))

const findRoute = ({ method, path }: Pick<SandboxRequest, 'method' | 'path'>) => {
  for (const { route, pattern } of matchers) {
    const found = route.method === method ? pattern.exec(path) : null
    if (found) return { route, params: decodeAll(found.groups ?? {}) }
  }
  return undefined
}

const decodeAll = (params: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, decodeURIComponent(value)]))

/**
 * A path as a route, such as `POST /v1/chat/states/:type/:id/:name`. An unknown path is kept, so that the ledger shows
 * it.
 */
export const apiRouteName = (request: SandboxRequest): string =>
  `${request.method} ${findRoute(request)?.route.path ?? request.path}`

export const handleApiRequest = async (
  world: World,
  request: SandboxRequest,
  origin: string,
): Promise<SandboxResponse> => {
  try {
    const answer = await run(world, request, origin)
    return { status: 200, body: answer.body, ...(answer.detail ? { detail: answer.detail } : {}) }
  } catch (error) {
    const known = error instanceof BotpressApiError ? error : new BotpressApiError('Internal', 'The emulator failed')
    if (known !== error)
      process.stderr.write(`sandbox botpress: ${error instanceof Error ? error.stack : String(error)}\n`)
    return {
      status: known.code,
      body: { id: world.ids.next('err'), ...known.toJSON() },
      detail: { errorType: known.type, reason: known.message },
    }
  }
}

const run = async (world: World, request: SandboxRequest, origin: string): Promise<ApiAnswer> => {
  if (request.body.length > MAX_REQUEST_BYTES) throw new BotpressApiError('PayloadTooLarge', 'The request is too large')
  const filesOrigin = /^(127\.0\.0\.1|localhost)$/.test(request.host) ? origin : `https://${FILE_HOST}`
  if (isBotCall(request)) {
    const instance = authoriseBot(world, request)
    const call = { world, instance, params: {}, query: request.query, body: parseJson(request.body), filesOrigin }
    return handleBotCall(request, call)
  }
  const found = findRoute(request)
  if (!found) throw new BotpressApiError('MethodNotFound', `${request.method} ${request.path} is not covered`)
  const instance = authorise(world, request)
  return found.route.handle({
    world,
    instance,
    params: found.params,
    query: request.query,
    body: parseJson(request.body),
    filesOrigin,
  })
}

const parseJson = (body: Buffer): unknown => {
  if (body.length === 0) return undefined
  try {
    return JSON.parse(body.toString('utf8')) as unknown
  } catch {
    throw new BotpressApiError('InvalidDataFormat', 'The body is not JSON')
  }
}
