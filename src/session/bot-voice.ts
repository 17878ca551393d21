import type { BotVoice } from '../content/bot-voice'
import { isApiErrorOfType } from '../livechat/errors'
import type { Scope } from './scope'

/**
 * Speaks as the bot by system message, and as labelled text where LiveChat refuses these from customers, which no
 * document settles. A refusal is remembered, so that it costs one extra call and not one per message.
 */
export const withBotVoice = async <T>(scope: Scope, speak: (voice: BotVoice) => Promise<T>): Promise<T> => {
  const key = scope.key('bot-voice')
  if (scope.memory.plainBotVoice.has(key)) return speak('plain')
  try {
    return await speak('system')
  } catch (error) {
    if (!isApiErrorOfType(error, 'validation')) throw error
    const result = await speak('plain')
    scope.memory.plainBotVoice.set(key, { refused: true })
    scope.log.info('bot_voice_plain', { reason: 'system_message refused' })
    return result
  }
}
