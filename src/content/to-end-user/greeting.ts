import type { LiveChatEvent } from '../../livechat/schema'

const marks = ['welcome_message', 'greeting_id', 'greeting_unique_id']

/** Whether LiveChat has sent an event by itself, in an agent's name. */
export const isGreeting = ({ properties }: LiveChatEvent): boolean =>
  marks.some((mark) => Boolean(properties?.['lc2']?.[mark]))
