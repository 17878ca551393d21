import { agentTexts } from '../content/to-agent/agent-texts'
import { isTitleHidden } from '../content/to-agent/files/file-name'
import { botEvents, customerEvents, customId, type CustomerVoice } from '../content/to-agent/outgoing-events'
import type { OutgoingPart } from '../content/to-agent/outgoing-parts'
import { plainLabel } from '../content/to-agent/labels/plain-label'
import { shownAddress } from '../content/to-agent/addresses/safe-address'
import { withBotVoice } from '../customers/bot-voice'
import { customerOf } from '../customers/customer-store'
import type { CustomerApi, OutgoingEvent } from '../livechat/customer-api'
import { isApiErrorOfType, isThreadGone, LiveChatApiError } from '../livechat/errors'
import { sendEventOnce } from '../livechat/send-event-once'
import { budgets } from '../operation/budgets'
import { capitalised } from '../operation/failures/explain'
import { withBudget, within, type Scope } from '../operation/scope'
import { fetchFile } from '../session/fetch-file'
import type { Session } from '../session/session'
import { threadOf } from '../session/thread'
import { startDeadline, type Deadline } from '../shared/deadline'
import type { Landed } from './handed-over-again'

/** LiveChat's upload limit is 10 MB. We read it as the smaller megabyte, of 1,000,000 bytes. */
const maxFileBytes = 10_000_000

type Speaker = 'customer' | 'bot'
/** `voice`: who speaks, if the customer sends. `landed`: the parts of this message that LiveChat already has. */
export type Sending = {
  scope: Scope
  session: Session
  api: CustomerApi
  speaker: Speaker
  voice: CustomerVoice
  landed: Landed
}
/** `uploads`: the deadline that the files of the message share. */
type SendingParts = Sending & { uploads: Deadline }

/**
 * Sends the parts of one message in order, each once.
 * @returns LiveChat's id of the last event
 * @throws the error of the first part that failed; the parts before it were sent
 */
export const sendParts = async (
  sending: Sending,
  parts: OutgoingPart[],
  messageId: string,
): Promise<string | undefined> => {
  const { runtime, deadline } = sending.scope
  const uploads = startDeadline(runtime, budgets.message.allUploadsMs, deadline)
  const all = { ...sending, uploads: uploads.deadline }
  let eventId: string | undefined
  try {
    for (const [index, part] of parts.entries()) {
      const partId = customId(messageId, index)
      eventId = part.kind === 'text' ? await sendText(all, part.text, partId) : await sendMedia(all, part, partId)
    }
  } finally {
    uploads.end()
  }
  return eventId
}

/**
 * LiveChat adds an event to the open thread of the chat. After the end of this session, that may be the thread of
 * another session.
 * @throws LiveChatApiError `chat_inactive` if the session has ended. It may end while a message is being sent
 */
export const requireOpen = (scope: Scope, session: Session): void => {
  if (session.ended || threadOf(scope, session).isGone) throw new LiveChatApiError('send_event', 'chat_inactive', 0)
}

const sendText = async (sending: Sending, text: string, partId: string): Promise<string | undefined> =>
  sending.speaker === 'customer'
    ? sendEvents(sending, customerEvents(text, partId, sending.voice))
    : withBotVoice(sending.scope, (voice) => sendEvents(sending, botEvents(text, partId, voice)))

const sendEvents = async (
  { scope, api, session, landed }: Sending,
  events: OutgoingEvent[],
): Promise<string | undefined> => {
  let eventId: string | undefined
  for (const event of events) {
    eventId = landed.get(event.custom_id)
    if (eventId !== undefined) continue
    requireOpen(scope, session)
    eventId = await sendEventOnce(api, session.livechatChatId, session.livechatThreadId, event)
  }
  return eventId
}

type MediaPart = Extract<OutgoingPart, { kind: 'media' }>

/** Sends a file. If it cannot be fetched, or LiveChat refuses it, sends a readable link instead. */
const sendMedia = async (sending: SendingParts, part: MediaPart, partId: string): Promise<string | undefined> => {
  const landed = sending.landed.get(partId)
  if (landed !== undefined) return landed
  const upload = await uploadMedia(sending, part)
  if ('problem' in upload) return sendText(sending, linkText(part, upload.problem), partId)
  if (sending.speaker === 'bot') await sendText(sending, agentTexts.sent(describe(part)), `${partId}-by-bot`)
  else if (sending.voice.isLabelled) await sendText(sending, agentTexts.sent(describe(part)), `${partId}-by`)
  else if (isTitleLost(part)) await sendText(sending, part.title ?? '', `${partId}-title`)
  const alternativeText = part.mediaType === 'image' && part.title ? { alternative_text: part.title } : {}
  try {
    return await sendEvents(sending, [{ type: 'file', url: upload.url, ...alternativeText, custom_id: partId }])
  } catch (error) {
    if (!isApiErrorOfType(error, 'validation')) throw error
    return sendText(sending, linkText(part, agentTexts.linkInstead.refused), partId)
  }
}

type Upload = { url: string } | { problem: string }

const uploadMedia = (sending: SendingParts, part: MediaPart): Promise<Upload> => {
  const { uploads } = sending
  const late: Upload = { problem: agentTexts.linkInstead.not_reachable }
  if (uploads.signal.aborted) return Promise.resolve(late)
  const timeIsUp = new Promise<Upload>((resolve) => {
    uploads.signal.addEventListener('abort', () => resolve(late), { once: true })
  })
  return Promise.race([copyToLiveChat(sending, part), timeIsUp])
}

/** A file is in memory until it is uploaded. So a process handles only a few files at the same time. */
const copyToLiveChat = async (sending: SendingParts, part: MediaPart): Promise<Upload> => {
  const { scope, uploads } = sending
  const leave = await scope.memory.files.enter(uploads.signal).catch(() => undefined)
  // `uploadMedia` has answered already.
  if (!leave) return { problem: agentTexts.linkInstead.not_reachable }
  try {
    return await copyInSlot(sending, part)
  } finally {
    leave()
  }
}

const copyInSlot = async ({ scope, session, uploads }: SendingParts, part: MediaPart): Promise<Upload> => {
  const problems = agentTexts.linkInstead
  const fetched = await fetchFile(within(scope, uploads), part, maxFileBytes)
  if (!fetched.ok) return { problem: problems[fetched.problem] }
  try {
    const url = await withBudget(within(scope, uploads), budgets.message.uploadMs, async (limited) =>
      (await customerOf(limited, session)).uploadFile(fetched.file),
    )
    return { url }
  } catch (error) {
    // After a problem with the file, we send a link instead. With the errors below, sending the link would fail, too.
    if (isThreadGone(error) || isApiErrorOfType(error, 'authentication', 'authorization', 'license_expired'))
      throw error
    return {
      problem: isApiErrorOfType(error, 'validation', 'entity_too_large') ? problems.refused : problems.not_reachable,
    }
  }
}

/** Whether the title needs a message of its own. Images have it as alternative text; other files have only a name. */
const isTitleLost = (part: MediaPart): boolean => part.mediaType !== 'image' && isTitleHidden(part)

const describe = ({ mediaType, title, fileName }: MediaPart): string => {
  const kind = agentTexts.mediaKindsInSentence[mediaType]
  const name = plainLabel(title || fileName || '')
  return name ? `${kind} "${name}"` : kind
}
const linkText = (part: MediaPart, problem: string): string => {
  const what = capitalised(describe(part))
  const shown = shownAddress(part.url)
  return 'address' in shown ? `${what} (${problem}): ${shown.address}` : `${what}, ${shown.reason} (${problem})`
}
