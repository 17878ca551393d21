import type { SandboxRequest } from '../../http-server'
import type { ApiVersion } from '../model'
import { ApiError } from '../errors'
import type { World } from '../world'

export const handleAgentApi = (
  _world: World,
  _action: string,
  _version: ApiVersion,
  _request: SandboxRequest,
): unknown => {
  throw new ApiError('not_found')
}
