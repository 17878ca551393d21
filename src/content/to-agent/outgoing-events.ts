import type { OutgoingEvent } from '../../livechat/customer-api'
import { agentTexts } from './agent-texts'
import { beginsLikeLabel, guardLabels, labelled } from './labels/live-labels'
import { splitText } from './texts/split-text'
import { changesDirection, showAutolinksOnce } from './texts/words'

/**
 * LiveChat limits the text of an event to "16 KB" of UTF-8. It does not say whether K is 1,000 or 1,024; we use 1,000.
 */
export const maxTextBytes = 16_000

/**
 * How agents can tell the bot's words from the customer's. `system`: as system messages, which agents see without an
 * author. `systemForDefault`: the same, but LiveChat decides who sees them. `plain`: as text with a label.
 */
export type BotVoice = 'system' | 'systemForDefault' | 'plain'

const label = '[Bot] '

/**
 * Converts the bot's words into events, each within LiveChat's limit.
 * @param idPrefix start of the custom ids; the same text and prefix always give the same ids
 */
export const botEvents = (text: string, idPrefix: string, voice: BotVoice): OutgoingEvent[] =>
  splitText(text, maxTextBytes - label.length).map((piece, index) => {
    const custom_id = pieceId(idPrefix, index)
    if (voice === 'plain') return { type: 'message', text: label + piece, custom_id }
    // LiveChat's apps show this type. Without `recipients`, the customer may not see the message in their own thread.
    const recipients = voice === 'system' ? ({ recipients: 'all' } as const) : {}
    return { type: 'system_message', system_message_type: 'custom', ...recipients, text: piece, custom_id }
  })

/**
 * Whose words a customer's message holds. The customer stands for the session's end user, so only another person of the
 * same channel is named before the words.
 */
export type CustomerVoice = { label: string; isLabelled: boolean; isBotUnlabelled?: boolean }
export const endUserVoice: CustomerVoice = { label: agentTexts.nameless, isLabelled: false }

/**
 * Converts the end user's words into events, each within LiveChat's limit. The custom ids are made as in `botEvents`.
 */
export const customerEvents = (text: string, idPrefix: string, voice = endUserVoice): OutgoingEvent[] =>
  customerPieces(showAutolinksOnce(text), voice).map((piece, index) => ({
    type: 'message',
    text: piece,
    custom_id: pieceId(idPrefix, index),
  }))

const customerPieces = (text: string, { label, isLabelled, isBotUnlabelled }: CustomerVoice): string[] => {
  const guarded = guardLabels(text, label, isBotUnlabelled)
  const room = maxTextBytes - Buffer.byteLength(`[${label}] `)
  // The characters that close a change of direction need room, too.
  if (isLabelled)
    return splitText(guarded, changesDirection(guarded) ? Math.floor(room / 5) : room).map((piece) =>
      labelled(piece, label),
    )
  const pieces = splitText(guarded, maxTextBytes)
  if (!pieces.slice(1).some(beginsLikeLabel)) return pieces
  // If we cut within a line, the rest must not look like somebody else's words.
  return splitText(guarded, room).map((piece, index) =>
    index > 0 && beginsLikeLabel(piece) ? `[${label}] ${piece}` : piece,
  )
}

/**
 * The custom id of a part of a message, counted from 0. Sending the part again gives the same id, so that we find the
 * event in LiveChat after a lost answer.
 */
export const customId = (idPrefix: string, index: number): string => (index === 0 ? idPrefix : `${idPrefix}-${index}`)

/**
 * The id of a piece has a dot where the id of a part has a hyphen. So the second piece of the first part and the second
 * part have different ids.
 */
const pieceId = (partId: string, index: number): string => (index === 0 ? partId : `${partId}.${index}`)
