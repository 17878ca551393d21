import type { OutgoingEvent } from '../livechat/customer-api'
import { splitText } from './split-text'

/** LiveChat's limit for the text of an event is "16 KB" of UTF-8; which K is not said, so the smaller one. */
export const maxTextBytes = 16_000

/**
 * How the bot's own words are told apart from the customer's: as system messages, which agents see without an author,
 * or, where LiveChat takes none from a customer, as labelled text.
 */
export type BotVoice = 'system' | 'plain'

const label = '[Bot] '

/** The bot's words as events, each within LiveChat's limit; `idPrefix` makes their custom ids. */
export const botEvents = (text: string, idPrefix: string, voice: BotVoice): OutgoingEvent[] =>
  splitText(text, maxTextBytes - label.length).map((piece, index) => {
    const custom_id = pieceId(idPrefix, index)
    return voice === 'system'
      ? { type: 'system_message', system_message_type: 'botpress_bot_message', text: piece, custom_id }
      : { type: 'message', text: label + piece, custom_id }
  })

/** The customer's words as events. */
export const customerEvents = (text: string, idPrefix: string): OutgoingEvent[] =>
  splitText(text, maxTextBytes).map((piece, index) => ({
    type: 'message',
    text: piece,
    custom_id: pieceId(idPrefix, index),
  }))

/** The same message gives the same ids for its parts, so that a send whose answer was lost is recognised. */
export const customId = (idPrefix: string, index: number): string => (index === 0 ? idPrefix : `${idPrefix}-${index}`)

/** Marked unlike parts: the second piece of a first part is not the second part. */
const pieceId = (partId: string, index: number): string => (index === 0 ? partId : `${partId}.${index}`)
