import type { SandboxRequest } from '../../http-server'
import { ApiError } from '../errors'
import type { ApiVersion } from '../model'

export type ApiName = 'customer' | 'agent' | 'configuration'
export type ApiPath = { api: ApiName; action: string; version: string | undefined }

/** 3.4 is deprecated but still answers: the fields of the methods that are modelled here have not changed since. */
const VERSIONS: Record<string, ApiVersion> = { '3.4': '3.5', '3.5': '3.5', '3.6': '3.6', '3.7': '3.7' }

/** `/v3.6/customer/action/start_chat`, or the same without the version, which is then in a header. */
export const parseApiPath = (request: SandboxRequest): ApiPath | undefined => {
  const match = /^(?:\/v(\d+\.\d+))?\/(customer|agent|configuration)\/action\/([a-z_]+)$/.exec(request.path)
  if (!match) return undefined
  const header = request.headers['x-api-version']
  return {
    api: match[2] as ApiName,
    action: match[3] ?? '',
    version: match[1] ?? (typeof header === 'string' ? header : undefined),
  }
}

export const supportedVersion = (path: ApiPath): ApiVersion => {
  const version = VERSIONS[path.version ?? '']
  if (!version) throw new ApiError('unsupported_version')
  return version
}
