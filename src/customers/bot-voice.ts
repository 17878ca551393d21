import type { BotVoice } from '../content/to-agent/outgoing-events'
import { isApiErrorOfType } from '../livechat/errors'
import type { Scope } from '../operation/scope'
import { declareCache } from '../shared/cache'

/** Installations whose LiveChat refuses system messages from customers. */
const plainVoices = declareCache<{ isPlain: true }>(500)

/**
 * Speaks as the bot by system message, and as labelled text where LiveChat refuses these from customers, which no
 * document settles. A refusal is remembered, so that it costs one extra call and not one per message.
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
    scope.log.info('bot_voice_plain', { reason: 'system_message refused' })
    return result
  }
}
