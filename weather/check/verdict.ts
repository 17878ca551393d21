import type { Facts } from './facts'

/**
 * `broken`: a promise does not hold. `excused`: it does not hold for a reason that lies in the platforms. `known`: it does
 * not hold because of a known fault, which is not mended yet (known.ts).
 */
export type Verdict = {
  kind: 'broken' | 'excused' | 'known'
  name: string
  text: string
  /** It is about words that an agent wrote in the first seconds of a session. */
  isAtStart?: boolean
  /** It is about a process that knows LiveChat's time, however wrong its own clock is. */
  knowsTheTime?: boolean
}

export const broken = (name: string, text: string, isAtStart = false): Verdict => ({
  kind: 'broken',
  name,
  text,
  isAtStart,
})
export const excused = (name: Exception, text: string): Verdict => ({ kind: 'excused', name, text })

/** Judges one promise. Returns nothing where it holds. */
export type Rule = (facts: Facts) => Verdict[]

/** What cannot hold, or is not decided, with the reason. The simulation counts how often each was used. */
export const exceptions = {
  writtenInReopenedThread: 'An agent wrote into a thread that an agent opened. It is no session of the bot.',
  writtenInFailedStart: 'An agent wrote into the thread of a start that failed.',
  endUserHadLeft:
    'The end user or the bot ended the session while the words were under way: the bot has the conversation.',
  ownerWasTold: 'The words did not arrive, and the log of the bot’s owner says so.',
  lastReadFailed:
    'LiveChat had given up the words, and the read of the closed thread failed twice. The end user must get back to the bot.',
  failedVisibly: 'The operation failed, and Botpress shows the failure to the bot’s owner.',
  arrivedThoughFailed:
    'The process ended after its work, so the operation counts as failed although the words arrived.',
  listsLag:
    'Botpress’ lists did not show the new session yet. A webhook made by hand does not say whose chat it is, so it counts as foreign until the next one of its thread, and for up to a minute if lists lag by more than 3 s; one of a chat of ours is refused, and LiveChat delivers it again.',
  platformGaveUp: 'The operation took longer than Botpress waits, or its answer was lost.',
  announcedAgain:
    'The answer to an announcement was lost or late, its claim or its record failed, or its process was killed. It is made twice rather than never: Botpress’ events have no key.',
  twoWroteAtStart:
    'Two agents wrote in the first seconds, and their webhooks came in reverse order. The plugin announces the author of the words that are due first, and the other process knows only the author of those that came first.',
  reopenedUnnoticed:
    'An agent opened the chat again before the webhook of its end was handled. LiveChat’s calls for a message and for an end name the chat, not the thread.',
  correctionsCrossed:
    'Two processes relayed two quick corrections, or a message and its correction, and the call for the older text took longer. Botpress has no compare-and-set.',
  handedOverSoon:
    'A process was killed after it had sent a message, and Botpress handed the message over to another process within seconds. That process takes it for new.',
  repetitionAfterAnswer:
    'Botpress’ client repeats a call by itself, and nobody can tell it that the operation has ended.',
  endNeverDelivered:
    'LiveChat gave up the webhook of the end, and the end user had no further contact with the session.',
  endToldAgain:
    'A process was killed, or an answer was late or lost, between telling the flows of the end and recording it. Botpress’ events have no key.',
  nameUnknown: 'No read could show the agent’s name in time. The words were shown without a name.',
  oldTextOnly:
    'The webhook of the correction was lost, and nothing says that there was one. Or the message waited for the plugin, and another process wrote its first text over the second.',
  stopFailed: 'The stop failed visibly, and its thread stayed open until LiveChat closed it for inactivity.',
  linkInstead: 'A file could not be copied in time. The agent has a link to it, or reads that there was one.',
  reasonUnknown: 'Nothing that could be read said why the thread was closed.',
  identityLost:
    'LiveChat no longer knows the customer, or has banned them. Nobody else may read their thread, write in it or close it, and agents may write on in it.',
  botWordAfterEnd: 'The thread was closed before the bot’s words came to it. Nobody waits for them.',
  endOfFailedStart: 'A start failed after it had begun a session in LiveChat, and the plugin never had that session.',
  askedTwiceAtOnce:
    'The end user asked twice at the same moment, and Botpress handled both at once. The plugin keeps only the later session.',
  closedLate:
    'LiveChat carried out the closing of an earlier session so late that the next one had begun in the same chat. Its call names the chat, not the thread.',
  closedForInactivity: 'A killed start left its thread open. LiveChat closed it for inactivity.',
} as const

export type Exception = keyof typeof exceptions
