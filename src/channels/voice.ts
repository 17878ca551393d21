import { endUserVoice, type CustomerVoice } from '../content/to-agent/outgoing-events'
import { realName } from '../content/to-agent/briefing/placeholder-names'
import { skeleton } from '../content/to-agent/labels/skeleton'
import { namelessLabel, personLabel, withId } from '../content/to-agent/labels/speakers'
import { isBotUnlabelled } from '../customers/bot-voice'
import { bestEffort } from '../operation/best-effort'
import { budgets } from '../operation/budgets'
import type { Scope } from '../operation/scope'
import type { Session } from '../session/session'
import { declareCache } from '../shared/cache'

/** Names of people who have written in somebody else's session; `undefined` for a person without one. */
const names = declareCache<{ name: string | undefined }>(5_000)

/**
 * Whose words a message holds. In a channel with several people, the plugin names the author of each message. If it is
 * not the session's end user, we look up the name once per process. If that fails, only the name is missing.
 */
export const voiceOf = async (scope: Scope, session: Session, author: string | undefined): Promise<CustomerVoice> => {
  if (!author || author === session.botpressUserId) return { ...endUserVoice, isBotUnlabelled: isBotUnlabelled(scope) }
  const [name, endUserName] = await Promise.all([nameOf(scope, author), nameOf(scope, session.botpressUserId)])
  const label = personLabel(name)
  if (label === undefined) return { label: namelessLabel(author), isLabelled: true }
  const isSame = skeleton(label) === skeleton(personLabel(endUserName) ?? '')
  return { label: isSame ? withId(label, author) : label, isLabelled: true }
}

const nameOf = async (scope: Scope, userId: string): Promise<string | undefined> => {
  const key = scope.key('name', userId)
  const known = names(scope.memory).get(key)
  if (known) return known.name
  const effort = { budgetMs: budgets.message.authorNameMs, code: 'author_name_not_read' }
  const found = await bestEffort(scope, effort, async (limited) => ({
    name: realName((await limited.client.getUser({ id: userId })).user.name),
  }))
  if (found) names(scope.memory).set(key, found)
  return found?.name
}
