import type { SandboxRequest, SandboxResponse } from '../http-server'
import { accountsRoute, handleAccounts } from './accounts/accounts'
import { bearer } from './accounts/customer-token'
import { handleAgentApi } from './agent-api/agent-api'
import { serveFile } from './cdn'
import { handleConfigurationApi } from './configuration-api/configuration-api'
import { handleCustomerApi } from './customer-api/customer-api'
import { ApiError } from './errors'
import { parseApiPath, supportedVersion, type ApiPath } from './http/api-path'
import type { World } from './world'

type Area = 'accounts' | 'api' | 'cdn'

const HOSTS: Record<string, Area> = {
  'accounts.livechat.com': 'accounts',
  'accounts.livechatinc.com': 'accounts',
  'api.livechatinc.com': 'api',
  'cdn.livechat-files.com': 'cdn',
  'cdn.livechatinc.com': 'cdn',
}

const areaOfPath = (path: string): Area | undefined => {
  if (path.startsWith('/v2/customer/')) return 'accounts'
  if (/^(\/v[\d.]+)?\/(customer|agent|configuration)\/action\//.test(path)) return 'api'
  return path.startsWith('/api/file/') || path.startsWith('/avatars/') ? 'cdn' : undefined
}

/** Finds the part that a request belongs to: the path decides, and the host must fit if it is one of LiveChat's. */
const areaOf = (request: SandboxRequest): Area | undefined => {
  const area = areaOfPath(request.path)
  const host = HOSTS[request.host]
  return host === undefined || host === area ? area : undefined
}

/** Name of the request in the ledger and in fault scripts. */
export const routeOf = (request: SandboxRequest): string | undefined => {
  switch (areaOf(request)) {
    case 'accounts':
      return accountsRoute(request)
    case 'cdn':
      return 'cdn/get'
    case 'api': {
      const path = parseApiPath(request)
      return path ? `${path.api}/${path.action}` : undefined
    }
    case undefined:
      return undefined
  }
}

export const handleRequest = async (world: World, request: SandboxRequest): Promise<SandboxResponse> => {
  switch (areaOf(request)) {
    case 'accounts':
      return handleAccounts(world, request)
    case 'cdn':
      return serveFile(world, request)
    case 'api': {
      const path = parseApiPath(request)
      return path ? callApi(world, path, request) : notFound
    }
    case undefined:
      return notFound
  }
}

const notFound: SandboxResponse = { status: 404, headers: { 'content-type': 'text/plain' }, body: 'not found' }

const APIS = { customer: handleCustomerApi, agent: handleAgentApi, configuration: handleConfigurationApi }

const callApi = (world: World, path: ApiPath, request: SandboxRequest): SandboxResponse => {
  try {
    const version = supportedVersion(path)
    checkRegion(world, request)
    const result = APIS[path.api](world, path.action, version, request)
    const headers =
      path.version === '3.5' ? { legacy: '2027-01-01' } : path.version === '3.4' ? { deprecation: '2027-01-01' } : {}
    if (result !== undefined) return { status: 200, headers, body: result, detail: idsOf(world, request, result) }
    const isEmpty = world.knobs.voidBody === 'empty'
    return { status: 200, headers, ...(isEmpty ? {} : { body: {} }), detail: idsOf(world, request, undefined) }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return {
      status: error.status,
      body: error.body,
      detail: { ...idsOf(world, request, undefined), errorType: error.type, reason: error.message },
    }
  }
}

const checkRegion = (world: World, request: SandboxRequest): void => {
  const { region } = world.knobs
  if (region !== 'none' && request.headers['x-region'] !== region) {
    throw new ApiError('misdirected_request', undefined, { region })
  }
}

const ID_FIELDS: Record<string, string> = {
  id: 'id',
  chat_id: 'chatId',
  thread_id: 'threadId',
  event_id: 'eventId',
}

/** The ids in request and answer, for the ledger, and nothing else from them. */
const idsOf = (world: World, request: SandboxRequest, result: unknown): Record<string, unknown> => {
  const caller = world.customerTokens.get(bearer(request.headers.authorization) ?? '')
  const ids: Record<string, unknown> = caller ? { customerId: caller.customerId } : {}
  for (const source of [requestJson(request), result]) {
    if (typeof source !== 'object' || source === null) continue
    for (const [field, value] of Object.entries(source)) {
      const name = ID_FIELDS[field]
      if (name !== undefined && typeof value === 'string') ids[name] = value
    }
  }
  return ids
}

const requestJson = (request: SandboxRequest): unknown => {
  if (!request.headers['content-type']?.startsWith('application/json')) return undefined
  try {
    return JSON.parse(request.body.toString('utf8'))
  } catch {
    return undefined
  }
}
