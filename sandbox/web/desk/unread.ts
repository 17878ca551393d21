import { useEffect, useState } from 'react'
import type { ChatView } from '../../control/views'
import { useLive } from '../live/connection'
import { lastOfCustomer } from './chat-groups'

const seen = new Map<string, string>()

const keyOf = (agentId: string, chatId: string): string => `${agentId} ${chatId}`

/** Whether the customer has written something that this agent has not had on the screen. */
export const isUnread = (chat: ChatView, agentId: string): boolean => {
  const last = lastOfCustomer(chat)
  return (
    last !== undefined &&
    chat.state === 'assigned' &&
    chat.agentIds.includes(agentId) &&
    seen.get(keyOf(agentId, chat.chatId)) !== last.eventId
  )
}

/** Remembers what is on the screen, while the page is in sight. */
export const useSeen = (chat: ChatView | undefined, agentId: string): void => {
  const [, renderAgain] = useState(0)
  const last = chat && lastOfCustomer(chat)?.eventId
  useEffect(() => {
    if (!chat || last === undefined) return undefined
    const see = (): void => {
      if (document.visibilityState !== 'visible' || seen.get(keyOf(agentId, chat.chatId)) === last) return
      seen.set(keyOf(agentId, chat.chatId), last)
      renderAgain((count) => count + 1)
    }
    see()
    document.addEventListener('visibilitychange', see)
    return () => document.removeEventListener('visibilitychange', see)
  }, [chat, last, agentId])
}

const TITLE = 'LiveChat HITL · Sandbox'

/** Rings when a chat comes in, and counts in the title of the page what waits for this agent. */
export const useBell = (agentId: string, isSoundOn: boolean): void => {
  const waiting = useLive(
    ({ state }) =>
      state?.chats.filter((chat) => chat.state === 'queued' || chat.state === 'unassigned' || isUnread(chat, agentId))
        .length ?? 0,
  )
  const [before, setBefore] = useState(waiting)
  useEffect(() => {
    document.title = waiting > 0 ? `(${waiting}) ${TITLE}` : TITLE
    if (waiting > before && isSoundOn) void ring()
    setBefore(waiting)
  }, [waiting, before, isSoundOn])
}

let audio: AudioContext | undefined

/** Two short tones. Browsers keep a page silent on which nobody has clicked or typed yet. */
const ring = async (): Promise<void> => {
  if (!navigator.userActivation.hasBeenActive) return
  audio ??= new AudioContext()
  // A new one takes a moment until it runs.
  await audio.resume()
  for (const [index, frequency] of [880, 1320].entries()) {
    const [tone, volume] = [audio.createOscillator(), audio.createGain()]
    const startsAt = audio.currentTime + index * 0.12
    tone.frequency.value = frequency
    volume.gain.setValueAtTime(0.05, startsAt)
    volume.gain.exponentialRampToValueAtTime(0.0001, startsAt + 0.25)
    tone.connect(volume).connect(audio.destination)
    tone.start(startsAt)
    tone.stop(startsAt + 0.25)
  }
}
