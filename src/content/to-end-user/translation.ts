import type { LiveChatEvent } from '../../livechat/schema'
import { isSameLanguage } from '../language'
import type { IncomingMessage } from './incoming-message'

/**
 * LiveChat can translate what an agent writes, and stores the translation in the event. The end user gets the
 * translation if it is in the language of the session.
 */
export const inLanguage = (
  message: IncomingMessage,
  { type, properties }: LiveChatEvent,
  language: string | undefined,
): IncomingMessage => {
  const { target_lang_code: target, target_message: text } = properties?.['translation'] ?? {}
  const isTranslated =
    type === 'message' && typeof text === 'string' && text.trim() !== '' && typeof target === 'string'
  return isTranslated && isSameLanguage(target, language) ? { type: 'text', payload: { text } } : message
}
