/**
 * All time limits of operations and of their parts, in milliseconds, in one place: `budgets.test.ts` adds up the parts
 * that follow one another. A part also ends with its operation (`withBudget`). How long one HTTP exchange with LiveChat
 * may take stands in `livechat/http.ts`.
 */
export const budgets = {
  /** LiveChat waits about 10 s for its answer and repeats the delivery otherwise. */
  webhook: {
    wholeMs: 8_000,
    /** Reading a thread after a delivery that failed. Leaves time for the delivery at hand. */
    catchUpMs: 3_000,
    /** An agent's name and picture. Worth this much of the end user's wait for the agent's first words. */
    agentProfileMs: 2_000,
    /** Checking a transfer with the thread. */
    transferCheckMs: 2_000,
    /** Reading a changed event. Leaves time to tell the end user. */
    changedEventMs: 4_000,
    ratingMs: 3_000,
    /** Reading what a closed thread still holds. Leaves time for the end itself. */
    lastReadMs: 4_000,
    /** Counting the messages of a session that ended. */
    countMs: 3_000,
    /** Reading the chat tags of a session that ended. */
    chatTagsMs: 1_500,
    /** Noting when a webhook of each action last arrived, after the work. */
    lastWebhookMs: 1_500,
  },
  /** The plugin's drop window ends 5 s after the conversation was made; see `firstReadMs`. */
  start: {
    wholeMs: 25_000,
    /** Opening the thread and the conversation. */
    openingMs: 20_000,
    /** What the agent sees about the end user, beside the opening. */
    customerCardMs: 4_000,
    /** Reading the thread for what happened before the conversation existed. Stays inside the drop window. */
    firstReadMs: 2_500,
    /** Setting the chat tags that the bot asked for, beside that read. */
    chatTagsMs: 2_500,
    /** Closing what a failed start has opened. */
    undoMs: 5_000,
  },
  /** The platform is assumed to give up after 60 s. */
  message: {
    /** With the wait for the conversation's earlier messages. */
    wholeMs: 55_000,
    /** From the message's own turn on. */
    sendingMs: 30_000,
    /** Pressing the button of an agent's choice. */
    pressMs: 6_000,
    /** All files of a message together, and one of them. What is not there by then goes as a link. */
    allUploadsMs: 18_000,
    uploadMs: 12_000,
    /** Each of the three steps after the message has arrived. */
    followUpMs: 4_000,
  },
  createUser: { wholeMs: 15_000 },
  stop: { wholeMs: 20_000 },
  availability: { wholeMs: 15_000 },
  rate: { wholeMs: 15_000 },
  /** `questionMs`: each question to a vendor; two follow one another. */
  diagnose: { wholeMs: 25_000, questionMs: 9_000 },
  register: { wholeMs: 20_000 },
  unregister: { wholeMs: 16_000, clearingMs: 15_000 },
  /** Parts of several operations. */
  shared: {
    /** Storing a renewed token. */
    keepTokenMs: 2_000,
    /** An event of our own for the bot's flows. */
    ownEventMs: 2_000,
  },
} as const

/** By then a thread has the conversation that a start makes for it, or never gets one. Adds time for what was under way. */
export const startIsOverAfterMs = budgets.start.wholeMs + 5_000
