import type { DeskChat } from '../../../sandbox/livechat'
import type { World } from '../world'

/** The chat that the end user's last question came to, as agents see it. */
export const chatOf = ({ deeds, system }: World, person: number): DeskChat | undefined => {
  const known = deeds.chatOf.get(person)
  return known === undefined ? undefined : system.livechat.desk.chats().find(({ chatId }) => chatId === known)
}

export const customerOfChat = (world: World, person: number): { chatId: string; customerId: string } | undefined => {
  const chat = chatOf(world, person)
  return chat && { chatId: chat.chatId, customerId: chat.customer.id }
}
