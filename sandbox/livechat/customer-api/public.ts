import type { SandboxRequest } from '../../http-server'
import { ApiError } from '../errors'
import type { Properties } from '../model'
import { groupStatus } from '../routing/availability'
import type { World } from '../world'

/** Methods that are called with GET and need no token. */
type PublicMethod = (world: World, query: URLSearchParams) => Record<string, unknown>

const getDynamicConfiguration: PublicMethod = (world, query) => {
  const groupId = Number(query.get('group_id') ?? 0)
  const onlineIds = [...world.groups.keys()].filter((id) => groupStatus(world, [id]) !== 'offline')
  const shared = { organization_id: world.license.organizationId, default_widget: 'livechat' }
  if (world.license.isExpired) return { ...shared, livechat_active: false }
  return {
    ...shared,
    livechat_active: true,
    livechat: {
      group_id: groupId,
      client_limit_exceeded: false,
      domain_allowed: true,
      ...(onlineIds.length > 0 ? { online_group_ids: onlineIds } : {}),
      config_version: '1.0.0',
      localization_version: '1.0.0',
      language: world.groups.get(groupId)?.languageCode ?? 'en',
    },
  }
}

const listLicenseProperties: PublicMethod = (world, query) => select(world.license.properties, query)

const listGroupProperties: PublicMethod = (world, query) => {
  const id = query.get('id')
  if (id === null) throw new ApiError('validation', 'id: Required')
  if (!world.groups.has(Number(id))) throw new ApiError('group_not_found')
  return select(world.license.groupProperties.get(Number(id)) ?? {}, query)
}

/** Times after which chats are closed are for agents only. */
const AGENTS_ONLY = /_after_min$/

const select = (properties: Properties, query: URLSearchParams): Properties => {
  const selected: Properties = {}
  for (const [namespace, values] of Object.entries(properties)) {
    if (query.has('namespace') && query.get('namespace') !== namespace) continue
    const readable = Object.entries(values).filter(
      ([name]) => !AGENTS_ONLY.test(name) && (!query.has('name') || query.get('name') === name),
    )
    if (readable.length > 0) selected[namespace] = Object.fromEntries(readable)
  }
  return selected
}

const PUBLIC_METHODS: Record<string, PublicMethod> = {
  get_dynamic_configuration: getDynamicConfiguration,
  get_configuration: () => ({ buttons: [], allowed_domains: [], prechat_form: { id: '', fields: [] } }),
  get_localization: () => ({}),
  list_license_properties: listLicenseProperties,
  list_group_properties: listGroupProperties,
}

/** The answer, or `undefined` if it is not one of these methods. */
export const callPublicMethod = (
  world: World,
  action: string,
  request: SandboxRequest,
): Record<string, unknown> | undefined => PUBLIC_METHODS[action]?.(world, request.query)

export const isPublicMethod = (action: string): boolean => action in PUBLIC_METHODS
