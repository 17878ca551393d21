import { agentTexts } from './agent-texts'

/** More than anybody gives a chat; each is a call to LiveChat. */
const maxTags = 20

/** The tags that a bot asks for, each once. Capital letters count, as they do in LiveChat. */
export const sessionTags = (asked: readonly string[] | null | undefined): string[] => [
  ...new Set((asked ?? []).map((tag) => tag.trim()).filter((tag) => tag !== '')),
]

/** Those of them that are set on the thread. */
export const threadTags = (asked: readonly string[] | null | undefined): string[] =>
  sessionTags(asked).slice(0, maxTags)

/**
 * What the briefing says of them: always all, since whether LiveChat takes a tag is known only after the thread, with its
 * briefing, has been opened. A custom field of the same name stands.
 */
export const tagFields = (asked: readonly string[] | null | undefined): Record<string, string> => {
  const tags = sessionTags(asked)
  return tags.length === 0 ? {} : { [agentTexts.tags]: tags.join(', ') }
}
