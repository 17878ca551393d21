import { agentTexts } from '../agent-texts'

/** Each chat tag costs one call to LiveChat, so their number is limited. Chats usually have fewer tags. */
const maxTags = 20

/** The chat tags that the bot asks for, trimmed and without duplicates. Case-sensitive, as in LiveChat. */
export const sessionTags = (asked: readonly string[] | null | undefined): string[] => [
  ...new Set((asked ?? []).map((tag) => tag.trim()).filter((tag) => tag !== '')),
]

/** The chat tags that we set on the thread: the first 20 that the bot asks for. */
export const threadTags = (asked: readonly string[] | null | undefined): string[] =>
  sessionTags(asked).slice(0, maxTags)

/**
 * The chat tags as a field of the briefing. It always has all of them. The briefing is in the request that opens the
 * thread, and only after that do we learn which tags LiveChat accepts. A custom field of the same name overrides this
 * one.
 */
export const tagFields = (asked: readonly string[] | null | undefined): Record<string, string> => {
  const tags = sessionTags(asked)
  return tags.length === 0 ? {} : { [agentTexts.tags]: tags.join(', ') }
}
