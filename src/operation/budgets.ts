/**
 * The budgets of all operations and their steps, in milliseconds. `budgets.test.ts` checks that the steps that follow
 * one another fit into their operation. A step also ends when its operation ends (`withBudget`). The time of a single
 * HTTP request is in `livechat/transport/http.ts`, `shared/downloads/fetch-media.ts` and `shared/sentry/sentry.ts`.
 */
export const budgets = {
  /** LiveChat waits about 10 s for an answer, then redelivers. */
  webhook: {
    wholeMs: 8_000,
    /** Catching up after an earlier delivery failed. Leaves time for the work of the current delivery. */
    catchUpMs: 3_000,
    /** Reading an agent's name and picture. The agent's first message waits at most this long for them. */
    agentProfileMs: 2_000,
    /** Making sure that nobody else announces an agent. The first agent's first message waits at most this long. */
    firstWordsMs: 2_000,
    /** Comparing a transfer with the thread. */
    transferCheckMs: 2_000,
    /** Reading the present content of a changed event. Leaves time to say the correction. */
    changedEventMs: 4_000,
    ratingMs: 3_000,
    /** Reading a closed thread for messages that webhooks did not bring. Leaves time to end the session. */
    lastReadMs: 4_000,
    /** Counting the messages of a session that the bot stopped. */
    countMs: 3_000,
    /** Finding out who opened a thread without a session. */
    openerMs: 2_000,
    /** Ending the session of an earlier thread of the same chat, whose end nobody noticed. */
    earlierEndMs: 2_500,
    /** Reading the chat tags of a session that ended. */
    chatTagsMs: 1_500,
    /** Storing when a webhook of each action last arrived, after the webhook's work. */
    lastWebhookMs: 1_500,
  },
  /** We assume that the plugin's drop window ends 5 s after the conversation is created; see `firstReadMs`. */
  start: {
    wholeMs: 25_000,
    /** Opening the thread and the conversation. */
    openingMs: 20_000,
    /** Writing the customer card. For a kept customer, this runs while the thread is opened. */
    customerCardMs: 4_000,
    /** Ending an earlier session whose end nobody noticed, before the opening. */
    earlierEndMs: 8_000,
    /** Copying files of the history whose address may not be shown. Counts from the beginning of the start. */
    historyFilesMs: 2_000,
    /** Each call that a start can do without, such as the names of others in the history. */
    niceToKnowMs: 3_000,
    /**
     * Reading the thread for what happened before the conversation existed. Stays inside the drop window: if Botpress is
     * slow, both are longer (`session/drop-window.ts`).
     */
    firstReadMs: 2_500,
    /** Setting the chat tags that the bot asked for. This runs at the same time as the first read. */
    chatTagsMs: 2_500,
    /** Waiting for an equal start that another process makes. */
    joinMs: 10_000,
    /** Closing what a failed start has opened. */
    undoMs: 5_000,
  },
  /** We assume that Botpress gives up a message after 60 s. */
  message: {
    /** Includes the wait for earlier messages of the conversation. */
    wholeMs: 55_000,
    /** Waiting for earlier messages, and sending. Leaves time to tell the end user of a failure. */
    untilSentMs: 50_000,
    /** Counts from the beginning of the message's turn. */
    sendingMs: 30_000,
    /** Telling the end user that a message did not arrive. */
    tellMs: 4_000,
    /** Reading the name of a person who is not the session's end user. */
    authorNameMs: 2_000,
    /** Reading the thread, and pressing the button that the end user picks. */
    pressMs: 6_000,
    /**
     * `allUploadsMs`: downloading and uploading all files of a message. `uploadMs`: uploading one file to LiveChat. A
     * file that takes longer is sent as a link.
     */
    allUploadsMs: 18_000,
    uploadMs: 12_000,
    /** Each of the three steps after the message was sent. */
    followUpMs: 4_000,
  },
  createUser: { wholeMs: 15_000 },
  stop: {
    wholeMs: 20_000,
    /** Looking up whether the session has ended already. */
    lookUpMs: 1_500,
    /** Closing the thread. What is left of the time is for closing it as an agent, and for recording a failure. */
    closingMs: 12_000,
    asAgentMs: 3_000,
    recordMs: 3_000,
    /** Taking a chat that no agent had out of the agents' list. */
    unpinMs: 2_000,
  },
  /** `openingMs`: reading when agents work. */
  availability: { wholeMs: 15_000, openingMs: 3_000 },
  rate: { wholeMs: 15_000 },
  /** `questionMs`: one question to LiveChat or Botpress. At most two questions follow one another. */
  diagnose: { wholeMs: 25_000, questionMs: 8_500 },
  /**
   * `readMs`: looking up what was registered, while we ask LiveChat. `memoryMs`: storing it. `dailyMs`: repairing
   * webhooks and checking, in the daily register; less if the questions took long. `tidyMs`: at the same time as
   * `memoryMs`, closing threads that were left open, and freeing end users from sessions of another integration of this
   * name.
   */
  register: { wholeMs: 20_000, readMs: 9_000, memoryMs: 1_500, dailyMs: 12_000, tidyMs: 4_000 },
  unregister: { wholeMs: 16_000, clearingMs: 15_000 },
  /** Steps of several operations. */
  shared: {
    /** Storing a renewed token. */
    keepTokenMs: 2_000,
    /** Creating one of our own events for the bot's flows. */
    ownEventMs: 2_000,
    /** Closing the thread of a session that the bot has stopped while LiveChat could not be reached. */
    closeLeftOpenMs: 3_000,
  },
} as const

/**
 * After this time, a start has created the conversation of its thread, or it never will. The 5 s are for a call that
 * was already made when the start ended.
 */
export const startIsOverAfterMs = budgets.start.wholeMs + 5_000

/** So long after a write of another process, a read may still show what was there before. No document says how long. */
export const readsLagMs = 1_000
