import type { BotVoice } from '../content/to-agent/outgoing-events'
import { isApiErrorOfType } from '../livechat/errors'
import type { Scope } from '../operation/scope'
import { declareCache } from '../shared/cache'

/** Installations whose LiveChat refuses system messages from customers. */
const plainVoices = declareCache<{ isPlain: true }>(500)

/**
 * Speaks as the bot: by system message or, if LiveChat refuses system messages from customers, as labelled text. No
 * document says whether it does. A refusal is remembered, so that it costs one extra call and not one for each message.
 */
export const withBotVoice = async <T>(scope: Scope, speak: (voice: BotVoice) => Promise<T>): Promise<T> => {
  const key = scope.key('bot-voice')
  if (plainVoices(scope.memory).has(key)) return speak('plain')
  try {
    return await speak('system')
  } catch (error) {
    if (!isApiErrorOfType(error, 'validation')) throw error
    const result = await speak('plain')
    plainVoices(scope.memory).set(key, { isPlain: true })
    scope.log.info('bot_speaks_as_plain_text', { reason: 'system_message_refused' })
    return result
  }
}
