import type * as bp from '../bp'
import { readsLagMs } from './budgets'
import { unlessNotFound } from './failures/platform-errors'
import type { Scope } from './scope'

export type User = Awaited<ReturnType<bp.Client['getUser']>>['user']

/**
 * Reads a user whom another process may have just made. A read that does not show the user yet is repeated once.
 * @throws an ApiError, if there is no such user or Botpress cannot answer
 */
export const readNewUser = async (scope: Scope, id: string): Promise<User> => {
  const found = await unlessNotFound(scope.client.getUser({ id }))
  if (found) return found.user
  await scope.runtime.sleep(readsLagMs, scope.deadline.signal)
  return (await scope.client.getUser({ id })).user
}
