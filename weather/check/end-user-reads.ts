import type { Wrote } from '../world/acts/deeds'
import type { World } from '../world/world'
import type { Facts, SessionFacts, Shown } from './facts'
import { broken, excused, type Rule, type Verdict } from './verdict'

/** An agent's words reach the end user of their session once, under the agent's name, and nobody else. */
export const endUserReads: Rule = (facts) => facts.wrote.flatMap((wrote) => judge(facts, wrote))

const judge = (facts: Facts, wrote: Wrote): Verdict[] => {
  const lines = facts.shown.filter(({ text }) => text.includes(`${wrote.token}v`))
  const what = `${wrote.token} for person ${wrote.person}`
  if (wrote.isPrivate) return lines.map(() => broken('privateWordShown', what))
  const own = lines.filter(({ person }) => person === wrote.person)
  return [
    ...lines
      .filter(({ person }) => person !== wrote.person)
      .map(({ person }) => broken('wordsInAnothersChat', `${what}, seen by ${person}`)),
    ...twice(wrote, own, what),
    ...own.flatMap((line) => nameOf(facts, wrote, line, what)),
    ...(own.length === 0 ? missing(facts, wrote, what) : outdated(facts, wrote, own, what)),
  ]
}

const versionsIn = (wrote: Wrote, lines: Shown[], version: number): Shown[] =>
  lines.filter(({ text }) => text.includes(`${wrote.token}v${version} `))

const twice = (wrote: Wrote, own: Shown[], what: string): Verdict[] =>
  Array.from({ length: wrote.versions }, (_, index) => index + 1).flatMap((version) =>
    versionsIn(wrote, own, version).length > 1 ? [broken('endUserReadsTwice', `${what}, version ${version}`)] : [],
  )

const nameOf = ({ world }: Facts, { agentName, person }: Wrote, { from }: Shown, what: string): Verdict[] => {
  if (from === agentName || world.plan.people[person]?.channel !== 'webchat') return []
  if (from === 'Agent') return [excused('nameUnknown', what)]
  return [broken('wordsUnderAnotherName', `${what} of ${agentName}, shown as ${from}`)]
}

const missing = (facts: Facts, wrote: Wrote, what: string): Verdict[] => {
  if (wrote.deletedAtMs !== undefined) return []
  const session = facts.sessionOfThread.get(wrote.threadId)
  if (!session) {
    const isReopened = facts.world.deeds.reopened.has(wrote.threadId)
    return [excused(isReopened ? 'writtenInReopenedThread' : 'writtenInFailedStart', what)]
  }
  return [excuseOf(facts, wrote, session, what) ?? broken('agentWordLost', what)]
}

const LONGEST_DELIVERY_MS = 90_000

const excuseOf = (facts: Facts, { atMs }: Wrote, session: SessionFacts, what: string): Verdict | undefined => {
  const { endedAtMs = Infinity, endReason, conversationId, chatId } = session
  // Nobody could close the thread, so agents write on. Only the process that ended the session knows of the end.
  if (facts.world.deeds.lost.has(chatId) && endedAtMs < atMs) return excused('identityLost', what)
  const isOwnEnd = endReason === 'user-command' || endReason === 'bot-stopped'
  if (isOwnEnd && endedAtMs - atMs < LONGEST_DELIVERY_MS) return excused('endUserHadLeft', what)
  const isTold = facts.world.ownerLog.some(
    (line) => line.includes('message_after_end') && line.includes(conversationId),
  )
  return isTold ? excused('ownerWasTold', what) : undefined
}

const outdated = ({ world }: Facts, wrote: Wrote, own: Shown[], what: string): Verdict[] => {
  if (wrote.deletedAtMs !== undefined || wrote.versions === 1) return []
  const isNewShown = versionsIn(wrote, own, wrote.versions).length > 0
  if (isNewShown)
    return own.at(-1)?.text.includes(`${wrote.token}v${wrote.versions} `) === true ? [] : [broken('oldTextLast', what)]
  return hearsOfChanges(world, wrote.person) ? [excused('oldTextOnly', what)] : []
}

/** Whether the bot of this end user gets webhooks about edits and deletions. */
export const hearsOfChanges = ({ plan }: World, person: number): boolean =>
  plan.webhooks === 'all' || (plan.hasAgentAccess === true && (plan.people[person]?.bot ?? 0) === 0)
