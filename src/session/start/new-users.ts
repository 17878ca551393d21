import type { User } from '../../operation/read-new-user'
import type { Scope } from '../../operation/scope'
import { declareCache } from '../../shared/cache'

/**
 * Users that this process has just made or found for the plugin, which starts a session for them at once. So the start
 * need not look them up again.
 */

/** `isNew`: the user did not exist before, so no process has stored a LiveChat customer for them. */
type Prepared = { user: User; isNew: boolean; atMs: number }

const prepared = declareCache<Prepared>(1_000)
const lastsMs = 30_000

export const noteUser = (scope: Scope, user: User, isNew: boolean): void => {
  prepared(scope.memory).set(scope.key('prepared', user.id), { user, isNew, atMs: scope.runtime.nowMs() })
}

/** Returns the user once. A second start looks them up, because the first one has stored a customer. */
export const takeUser = (scope: Scope, userId: string): Prepared | undefined => {
  const key = scope.key('prepared', userId)
  const found = prepared(scope.memory).get(key)
  prepared(scope.memory).delete(key)
  return found && scope.runtime.nowMs() - found.atMs < lastsMs ? found : undefined
}
