import type { BotVoice } from '../content/to-agent/outgoing-events'
import { isApiErrorOfType } from '../livechat/errors'
import type { Scope } from '../operation/scope'
import { declareCache } from '../shared/cache'

/** The voice in which the bot last spoke in an installation. */
const voices = declareCache<{ voice: BotVoice }>(500)

/** Whether the bot has spoken here by system message, so that its words carry no label. */
export const isBotUnlabelled = (scope: Scope): boolean => {
  const known = voices(scope.memory).get(scope.key('bot-voice'))
  return known !== undefined && known.voice !== 'plain'
}

/**
 * Speaks as the bot: by system message or, if LiveChat refuses system messages from customers, as labelled text. No
 * document says whether it does, or whether it accepts `recipients`. We remember what it accepts, so that refusals cost
 * extra calls only once.
 */
export const withBotVoice = async <T>(scope: Scope, speak: (voice: BotVoice) => Promise<T>): Promise<T> => {
  const key = scope.key('bot-voice')
  const first = voices(scope.memory).get(key)?.voice ?? 'system'
  for (let voice = first; ;) {
    try {
      const result = await speak(voice)
      voices(scope.memory).set(key, { voice })
      if (voice !== first) scope.log.info('bot_speaks_in_another_voice', { voice, reason: 'system_message_refused' })
      return result
    } catch (error) {
      const next = nextVoice(voice, error)
      if (!next) throw error
      voice = next
    }
  }
}

/** The calls that speak. A refusal of another call, such as a read, does not concern the voice. */
const speakingActions = ['start_chat', 'resume_chat', 'send_event']

/** The voice to try after a refusal. `undefined` if there is none to try. */
const nextVoice = (voice: BotVoice, error: unknown): BotVoice | undefined => {
  if (voice === 'plain' || !isApiErrorOfType(error, 'validation', 'authorization', 'missing_access')) return undefined
  if (!speakingActions.includes(error.action)) return undefined
  return voice === 'system' && error.type === 'validation' ? 'systemForDefault' : 'plain'
}
