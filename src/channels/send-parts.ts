import { botEvents, customerEvents, customId } from '../content/bot-voice'
import { mediaContentType, mediaName } from '../content/media-name'
import type { OutgoingPart } from '../content/outgoing-parts'
import type { CustomerApi, OutgoingEvent } from '../livechat/customer-api'
import { LiveChatApiError } from '../livechat/errors'
import { sendEventOnce } from '../livechat/send-event-once'
import { withBotVoice } from '../session/bot-voice'
import type { Scope } from '../session/scope'
import type { Session } from '../session/session'

/** LiveChat's upload limit, read as the smaller megabyte. */
const maxFileBytes = 10_000_000

type Speaker = 'customer' | 'bot'
type Sending = { scope: Scope; session: Session; api: CustomerApi; speaker: Speaker }

/**
 * Sends the parts of one message in order, each once.
 * @returns LiveChat's id of the last event
 * @throws what LiveChat ended the first failed part in; the parts before it have arrived
 */
export const sendParts = async (
  sending: Sending,
  parts: OutgoingPart[],
  messageId: string,
): Promise<string | undefined> => {
  let eventId: string | undefined
  for (const [index, part] of parts.entries()) {
    const partId = customId(messageId, index)
    eventId = part.kind === 'text' ? await sendText(sending, part.text, partId) : await sendMedia(sending, part, partId)
  }
  return eventId
}

const sendText = async (sending: Sending, text: string, partId: string): Promise<string | undefined> =>
  sending.speaker === 'customer'
    ? sendEvents(sending, customerEvents(text, partId))
    : withBotVoice(sending.scope, (voice) => sendEvents(sending, botEvents(text, partId, voice)))

const sendEvents = async ({ api, session }: Sending, events: OutgoingEvent[]): Promise<string | undefined> => {
  let eventId: string | undefined
  for (const event of events) {
    eventId = await sendEventOnce(api, session.livechatChatId, session.livechatThreadId, event)
  }
  return eventId
}

type MediaPart = Extract<OutgoingPart, { kind: 'media' }>

/** As a file in LiveChat, or as a readable link when it cannot be fetched or LiveChat does not take it. */
const sendMedia = async (sending: Sending, part: MediaPart, partId: string): Promise<string | undefined> => {
  const upload = await uploadMedia(sending, part)
  if ('problem' in upload) return sendText(sending, linkText(part, upload.problem), partId)
  if (sending.speaker === 'bot') await sendText(sending, `sent ${describe(part)}:`, `${partId}-by-bot`)
  return sendEvents(sending, [
    {
      type: 'file',
      url: upload.url,
      ...(part.mediaType === 'image' && part.title ? { alternative_text: part.title } : {}),
      custom_id: partId,
    },
  ])
}

const uploadMedia = async (
  { scope, api }: Sending,
  part: MediaPart,
): Promise<{ url: string } | { problem: string }> => {
  const fetched = await scope.memory.fetchMedia(part.url, maxFileBytes)
  if (!fetched.ok) return { problem: problems[fetched.reason] }
  const name = mediaName(part.url, part.title, fetched.contentType, part.mediaType)
  try {
    const url = await api.uploadFile({
      name,
      contentType: mediaContentType(fetched.contentType, name),
      bytes: fetched.bytes,
    })
    return { url }
  } catch (error) {
    // Such as an executable: LiveChat does not publish what it refuses.
    const isRefusedFile = error instanceof LiveChatApiError && ['validation', 'entity_too_large'].includes(error.type)
    if (!isRefusedFile) throw error
    return { problem: 'LiveChat does not take this file' }
  }
}

const problems = {
  too_large: 'larger than 10 MB',
  not_reachable: 'could not be copied',
  address_not_allowed: 'could not be copied',
} as const

const articles = { image: 'an image', audio: 'an audio file', video: 'a video', file: 'a file' } as const
const describe = ({ mediaType, title }: MediaPart): string =>
  title ? `${articles[mediaType]} "${title}"` : articles[mediaType]
const linkText = (part: MediaPart, problem: string): string => `${capitalize(describe(part))} (${problem}): ${part.url}`
const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
