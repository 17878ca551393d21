import type { LiveChatChat, LiveChatUser } from '../../livechat/schema'

/** The agents who are present in an open thread. Customers do not see supervisors. */
export const presentAgents = ({ thread, users }: LiveChatChat): LiveChatUser[] =>
  thread.active ? users.filter(({ type, present }) => type === 'agent' && present === true) : []
