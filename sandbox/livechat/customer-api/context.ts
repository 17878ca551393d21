import type { SandboxRequest } from '../../http-server'
import { ApiError } from '../errors'
import type { Actor, ApiVersion, Chat, Customer } from '../model'
import { findChatOf, isBanned, type World } from '../world'

/** What every method of the customer API knows about its caller. */
export type CustomerCall = {
  world: World
  customer: Customer
  actor: Extract<Actor, { kind: 'customer' }>
  version: ApiVersion
  request: SandboxRequest
  body: Record<string, unknown>
}

/** Returns the answer's body; nothing for a void method. */
export type CustomerMethod = (call: CustomerCall) => unknown

/** The customer's chat with this id. Chats of others do not exist for a customer. */
export const ownChat = ({ world, customer }: CustomerCall, chatId: string): Chat => {
  const chat = findChatOf(world, customer.id)
  if (!chat || chat.id !== chatId) throw new ApiError(world.knobs.unknownChatError, 'chat_id: unknown chat')
  if (chat.isAnonymized) throw new ApiError('chat_anonymized')
  return chat
}

export const refuseBanned = ({ world, customer }: CustomerCall): void => {
  if (isBanned(world, customer)) throw new ApiError('customer_banned')
}
