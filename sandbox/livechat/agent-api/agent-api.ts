import type { SandboxRequest } from '../../http-server'
import { propertyMethods } from '../chats/property-methods'
import { ApiError } from '../errors'
import { jsonObject } from '../http/request-body'
import type { ApiVersion } from '../model'
import type { World } from '../world'
import { authenticate } from './authenticate'
import { accessibleChat, requireScope, type AgentMethod } from './context'
import { banCustomer, createCustomer, getCustomer, updateCustomer } from './customers'
import {
  markSeen,
  requestThreadSummary,
  sendEvent,
  sendEventPreview,
  sendThinkingIndicator,
  sendTypingIndicator,
  tagThread,
  uploadFile,
} from './events'
import { addUserToChat, listAgentsForTransfer, removeUserFromChat, transfer } from './members'
import { deactivateChat, followChat, resumeChat, startChat } from './open-chat'
import { getChat, listArchives, listChats, listThreads } from './read-chats'
import { listStatuses, setStatus } from './routing-status'

type Entry = {
  run: AgentMethod
  /** Any of these scopes is enough. None means that any token will do, or that the method itself checks. */
  scopes: string[]
  versions?: ApiVersion[]
}

const READ = ['chats--access:ro']
const WRITE = ['chats--access:rw']
const group = (scopes: string[], methods: Record<string, AgentMethod>): Record<string, Entry> =>
  Object.fromEntries(Object.entries(methods).map(([action, run]) => [action, { run, scopes }]))

const METHODS: Record<string, Entry> = {
  ...group(READ, {
    get_chat: getChat,
    list_chats: listChats,
    list_threads: listThreads,
    list_archives: listArchives,
    mark_events_as_seen: markSeen,
    follow_chat: followChat,
    unfollow_chat: followChat,
  }),
  ...group(WRITE, {
    start_chat: startChat,
    resume_chat: resumeChat,
    deactivate_chat: deactivateChat,
    transfer_chat: transfer,
    add_user_to_chat: addUserToChat,
    remove_user_from_chat: removeUserFromChat,
    send_event: sendEvent,
    send_event_preview: sendEventPreview,
    send_typing_indicator: sendTypingIndicator,
    send_thinking_indicator: sendThinkingIndicator,
    tag_thread: tagThread(true),
    untag_thread: tagThread(false),
    request_thread_summary: requestThreadSummary,
    ...propertyMethods(accessibleChat),
  }),
  ...group([], {
    upload_file: uploadFile,
    list_agents_for_transfer: listAgentsForTransfer,
    set_routing_status: setStatus,
    list_routing_statuses: listStatuses,
  }),
  get_customer: { run: getCustomer, scopes: ['customers:ro'] },
  update_customer: { run: updateCustomer, scopes: ['customers:rw'] },
  ban_customer: { run: banCustomer, scopes: ['customers.ban:rw'] },
  multicast: { run: () => undefined, scopes: ['multicast:rw'] },
  create_customer: { run: createCustomer, scopes: ['customers:rw'], versions: ['3.5'] },
}

/** Agent Chat Web API: everything appears under the name of the token's owner. */
export const handleAgentApi = (world: World, action: string, version: ApiVersion, request: SandboxRequest): unknown => {
  const entry = METHODS[action]
  const exists = entry && (entry.versions?.includes(version) ?? true)
  if (!exists || request.method !== 'POST') throw new ApiError('not_found')
  const { agent, scopes, clientId } = authenticate(world, request)
  if (entry.scopes.length > 0) requireScope({ scopes }, ...entry.scopes)
  return entry.run({
    world,
    agent,
    scopes,
    actor: { kind: 'agent', id: agent.id, clientId },
    version,
    request,
    body: action === 'upload_file' ? {} : jsonObject(request),
  })
}
