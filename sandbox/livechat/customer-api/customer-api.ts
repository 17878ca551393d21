import type { SandboxRequest } from '../../http-server'
import { bearer, liveToken } from '../accounts/customer-token'
import { propertyMethods } from '../chats/property-methods'
import { ApiError } from '../errors'
import { jsonObject } from '../http/request-body'
import type { ApiVersion } from '../model'
import type { World } from '../world'
import { ownChat, type CustomerMethod } from './context'
import { getCustomer, setCustomerSessionFields, updateCustomerMethod } from './customer'
import { deleteEvent, sendEvent, sendRichMessagePostback, uploadFile } from './events'
import { getPredictedAgent, listGroupStatuses } from './groups'
import { deactivateChat, resumeChat, startChat } from './open-chat'
import { callPublicMethod, isPublicMethod } from './public'
import { getChat, listChats, listThreads } from './read-chats'
import { smallMethods } from './small'

const METHODS: Record<string, CustomerMethod> = {
  start_chat: startChat,
  resume_chat: resumeChat,
  deactivate_chat: deactivateChat,
  send_event: sendEvent,
  delete_event: deleteEvent,
  upload_file: uploadFile,
  send_rich_message_postback: sendRichMessagePostback,
  get_chat: getChat,
  list_chats: listChats,
  list_threads: listThreads,
  update_customer: updateCustomerMethod,
  set_customer_session_fields: setCustomerSessionFields,
  get_customer: getCustomer,
  list_group_statuses: listGroupStatuses,
  get_predicted_agent: getPredictedAgent,
  ...propertyMethods(ownChat),
  ...smallMethods,
}

const ABSENT: Record<ApiVersion, string[]> = {
  '3.5': ['delete_event', 'request_welcome_message'],
  '3.6': [],
  '3.7': ['get_predicted_agent'],
}

/** Customer Chat Web API: finds the caller and the organization, then runs the method. */
export const handleCustomerApi = (
  world: World,
  action: string,
  version: ApiVersion,
  request: SandboxRequest,
): unknown => {
  const method = ABSENT[version].includes(action) ? undefined : METHODS[action]
  const usesGet = isPublicMethod(action)
  // LiveChat does not document its answer to unknown methods.
  if ((!method && !usesGet) || request.method !== (usesGet ? 'GET' : 'POST')) throw new ApiError('not_found')

  const organizationId = request.query.get('organization_id')
  if (!organizationId) throw new ApiError('validation', 'organization_id: Required')
  if (organizationId !== world.license.organizationId) throw new ApiError('license_not_found')
  if (usesGet) return callPublicMethod(world, action, request)
  if (world.license.isExpired) throw new ApiError('license_expired')

  // Agent tokens and PATs are not customer tokens, so they are refused as invalid.
  const token = liveToken(world, bearer(request.headers.authorization))
  const customer = world.customers.get(token?.customerId ?? '')
  if (!method || !token || !customer) throw new ApiError('authentication')
  return method({
    world,
    customer,
    actor: { kind: 'customer', id: customer.id, clientId: token.clientId },
    version,
    request,
    body: action === 'upload_file' ? {} : jsonObject(request),
  })
}
