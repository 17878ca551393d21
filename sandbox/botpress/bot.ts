import type { Payload } from './objects'

export type BotMessage = { type: string; payload: Payload; text?: string | undefined; from: string }

/** What a bot answers: a text, a message of any type, or the decision to start a handoff. */
export type BotReply =
  | string
  | { type: string; payload: Payload }
  /** `fillsInUserEmail`: the start card has the end user's address, which the plugin itself does not pass. */
  | {
      handOff: { title?: string; description?: string; hitlSession?: Record<string, unknown> }
      fillsInUserEmail?: true
    }

export type BotScript = (message: BotMessage) => BotReply[] | Promise<BotReply[]>

/** What a bot's flow does after a handoff if it goes on by itself. */
export type BotFlow = (endUser: { from: string }) => BotReply[] | Promise<BotReply[]>

/** What the bots do now. The emulator's owner may replace both. */
export type Bot = { script: BotScript; afterHandoff: BotFlow }

const WANTS_PERSON = /human|person|agent/i

/** A bot that only says that it does not know. It starts a handoff when the end user asks for a human. */
export const politeBot: BotScript = ({ text, from }) => {
  if (text && WANTS_PERSON.test(text)) {
    return [{ handOff: { title: `${from} asks for a person`, description: text } }]
  }
  return [text ? `Thank you for "${text}". I am a bot; say "agent" and I will fetch a person.` : 'Thank you.']
}

/** A bot that says nothing. */
export const silentBot = (): BotReply[] => []

/** Said when the handoff fails. A real bot's builder would put this into the flow. */
export const noPersonText = 'I could not reach a person just now.'
