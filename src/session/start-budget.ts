/** A start gives up after this long. */
export const startBudgetMs = 20_000

/** By then a thread has the conversation that a start makes for it, or never gets one: with time for what was under way. */
export const startIsOverAfterMs = startBudgetMs + 10_000
