/**
 * What an event is known by in our conversation: LiveChat's id for what an agent wrote, and these for what we say
 * ourselves, so that each is said once.
 */
export const messageKeys = {
  place: (livechatThreadId: string, occasion: string, position: number | undefined): string =>
    `place-${livechatThreadId}-${occasion}-${position}`,
  waiting: (livechatThreadId: string, occasion: string): string => `waiting-${livechatThreadId}-${occasion}`,
  correction: (livechatEventId: string, revision: number, digest: string): string =>
    `${livechatEventId}#edit-${revision}-${digest}`,
  deletion: (livechatEventId: string): string => `${livechatEventId}#deleted`,
}

/** Whether a key is one of these. LiveChat's ids consist of letters, digits and `_`. */
export const isOwnKey = (key: string): boolean => /^(place|waiting)-|#/.test(key)
