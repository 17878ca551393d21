import type * as bp from '../../bp'
import { readHistory } from '../../content/to-agent/history'
import { fingerprint } from '../../content/to-end-user/correction'
import { bestEffort } from '../../operation/best-effort'
import { budgets, startIsOverAfterMs } from '../../operation/budgets'
import { repeatKeyedWrite, unlessNotFound } from '../../operation/failures/platform-errors'
import type { Scope } from '../../operation/scope'
import { vendorNowMs } from '../../operation/vendor-time'
import { fieldsOf } from '../../shared/fields'
import { tryReadThread } from '../read-thread'
import { toSession, type Session } from '../session'
import { rememberSession } from '../session-store'

/**
 * Starts of one user with the same title and the same last line count as one start, such as after a second delivery.
 * The first process that claims the start makes it. The others wait for its conversation and return it.
 */
export type StartClaim = {
  /** Id of this start, in a tag of its conversation. */
  startId: string
  /** The claim of an equal start that began before. */
  other?: Claim | undefined
}
type Claim = { key: string; startId: string; atMs: number }

/** A claim is valid for this long. If its process was killed, the next start goes on without it. */
const claimLastsMs = budgets.start.joinMs
/** Botpress then forgets the state. This is longer than a claim is valid, since a start may wait for its turn. */
const stateLastsMs = startIsOverAfterMs
/** Longer than another start usually needs between its look at the claims and its write. */
const crossingMs = 300
/** How often a start looks for the conversation of the other one. */
const pollMs = 500

type Input = Pick<bp.ActionProps['startHitl']['input'], 'userId' | 'title' | 'messageHistory'>

/** What equal starts of a user have in common: title, and the user's last line. `undefined` if they have neither. */
const startKeyOf = ({ userId, title, messageHistory }: Input): string | undefined => {
  const isOfUser = (entry: unknown): boolean => fieldsOf(fieldsOf(entry)['source'])['userId'] === userId
  const lines: unknown[] = Array.isArray(messageHistory) ? messageHistory : []
  const lastLine = lines.findLast(isOfUser) ?? lines.at(-1)
  if (!title && lastLine === undefined) return undefined
  // Uses only the readable parts of the line, since a payload may be nested too deeply to be written as JSON.
  const said = readHistory([lastLine]).entries.map((entry) => entry.said)
  return fingerprint({ type: 'start', payload: [typeof title === 'string' ? title : '', said] })
}

/** Claims a start. If Botpress does not answer in time, the start goes on without a claim. */
export const claimStart = async (scope: Scope, input: Input): Promise<StartClaim> => {
  const startId = scope.runtime.newId()
  const key = startKeyOf(input)
  if (key === undefined) return { startId }
  const effort = { budgetMs: budgets.start.niceToKnowMs, code: 'start_not_claimed' }
  const mine = { key, startId, atMs: vendorNowMs(scope) }
  return { startId, other: await bestEffort(scope, effort, (limited) => findOther(limited, input.userId, mine)) }
}

/** Stores this claim, unless an equal start is under way. @returns the claim of the equal start */
const findOther = async (scope: Scope, userId: string, mine: Claim): Promise<Claim | undefined> => {
  const payload = { claims: [mine] }
  const { state } = await repeatKeyedWrite(() =>
    scope.client.getOrSetState({ ...placeOf(userId), payload, expiry: stateLastsMs }),
  )
  const claims = validClaims(scope, state.payload)
  if (claims.some(({ startId }) => startId === mine.startId)) return undefined
  const other = claims.find(({ key }) => key === mine.key)
  return other ?? addClaim(scope, userId, mine, claims)
}

/**
 * For a user whose other start began in the last half minute. Botpress has no compare-and-set, so two processes may
 * overwrite each other's claims. So we look again after all writes that cross this one. Of two equal starts, the one
 * whose claim is there goes on. If neither is there, both try again.
 */
const addClaim = async (scope: Scope, userId: string, mine: Claim, found: Claim[]): Promise<Claim | undefined> => {
  let claims = found
  for (let tries = 1; tries <= maxTries; tries += 1) {
    await storeClaims(scope, userId, [...claims, mine])
    await scope.runtime.sleep(crossingMs, scope.deadline.signal)
    const answer = await unlessNotFound(scope.client.getState(placeOf(userId)))
    claims = validClaims(scope, answer?.state.payload)
    const equal = claims.filter(({ key }) => key === mine.key)
    const [first] = equal.toSorted((a, b) => a.atMs - b.atMs || (a.startId < b.startId ? -1 : 1))
    if (first) return first.startId === mine.startId ? undefined : first
  }
  return undefined
}
const maxTries = 3

/**
 * Waits for the conversation of an equal start.
 * @returns `undefined` if there is none, if it fails, or if it is not done in time: then this start takes the claim
 */
export const joinStart = async (
  scope: Scope,
  userId: string,
  { startId: mine, other }: StartClaim,
): Promise<Session | undefined> => {
  if (!other) return undefined
  const { key, startId, atMs } = other
  const waitedMs = vendorNowMs(scope) - atMs
  const effort = { budgetMs: Math.max(pollMs, claimLastsMs - waitedMs), code: 'equal_start_not_joined' }
  const session = await bestEffort(scope, effort, (limited) => waitForSession(limited, startId))
  if (session) return session
  const takeOver = { budgetMs: budgets.start.niceToKnowMs, code: 'start_not_claimed' }
  const claim = { key, startId: mine, atMs: vendorNowMs(scope) }
  await bestEffort(scope, takeOver, (limited) => storeClaims(limited, userId, [claim]))
  return undefined
}

/** @returns `undefined` if the session has ended by now */
const waitForSession = async (scope: Scope, startId: string): Promise<Session | undefined> => {
  for (;;) {
    const { conversations } = await scope.client.listConversations({ channel: 'hitl', tags: { startId } })
    const session = conversations[0] && toSession(conversations[0], scope.runtime.nowMs())
    if (session?.ended) return undefined
    // A start that has succeeded records an agent or a wait.
    if (session && (session.holder.kind !== 'nobody' || session.queueTold)) return stillOpen(scope, session)
    await scope.runtime.sleep(pollMs, scope.deadline.signal)
  }
}

/** The thread may be closed although its webhook has not come yet. If it cannot be read, it counts as open. */
const stillOpen = async (scope: Scope, session: Session): Promise<Session | undefined> => {
  const chat = await tryReadThread(scope, session, budgets.start.niceToKnowMs, 'joined_thread_not_read')
  return chat?.thread.active === false ? undefined : rememberSession(scope, session)
}

const placeOf = (userId: string) => ({ type: 'user', id: userId, name: 'startClaims' }) as const

const storeClaims = async (scope: Scope, userId: string, claims: Claim[]): Promise<void> => {
  await scope.client.setState({ ...placeOf(userId), payload: { claims }, expiry: stateLastsMs })
}

/** The claims in a state that were valid when this start began. A claim that cannot be read does not count. */
const validClaims = (scope: Scope, payload: unknown): Claim[] => {
  const { claims } = fieldsOf(payload)
  if (!Array.isArray(claims)) return []
  return claims.flatMap((claim: unknown) => {
    const { key, startId, atMs } = fieldsOf(claim)
    if (typeof key !== 'string' || typeof startId !== 'string' || typeof atMs !== 'number') return []
    return scope.startedAtMs - atMs < claimLastsMs ? [{ key, startId, atMs }] : []
  })
}
