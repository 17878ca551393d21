import { LiveChatAccountsError, LiveChatApiError } from '../../livechat/errors'
import { capitalised, explain } from '../../operation/failures/explain'
import type { Fact } from './finding'

/** Whether LiveChat answered with an error of one of these types. */
export const saidType = (fact: Fact<unknown>, ...types: string[]): boolean =>
  fact.kind === 'failed' && fact.error instanceof LiveChatApiError && types.includes(fact.error.type)

/**
 * Returns a colon and LiveChat's name for the error. Returns an empty text if there is none, or if it is not a plain
 * word, because an answer may contain anything there.
 */
export const itsWord = (error: unknown): string => {
  const given =
    error instanceof LiveChatApiError ? error.type : error instanceof LiveChatAccountsError ? error.exception : ''
  return given !== 'unknown' && /^[a-z_]{1,40}$/.test(given) ? `: ${given}` : ''
}

/** An id or status from LiveChat, or "(unreadable)" if it does not look like one. */
export const plain = (text: string): string => (/^[\w .:-]{1,60}$/.test(text) ? text : '(unreadable)')

export const whatToDo = (error: unknown): string => capitalised(explain(error))
