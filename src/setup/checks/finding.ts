import { LiveChatSchemaError } from '../../livechat/errors'
import { budgets } from '../../operation/budgets'
import type { IssueCode } from '../../operation/failures/issue-texts'
import { unexpectedIn } from '../../operation/failures/unexpected'
import { withDeadline, type Deadline } from '../../shared/deadline'
import type { Runtime } from '../../shared/runtime'

/**
 * The result of one check. `seen` says what the check found, without secrets; `fix` says the one thing to do about it.
 * A check that could not run is a warning without a fix. If another check prevented it, that check has the fix. `issue`
 * is the issue that the daily register raises. A problem that may pass by itself has none.
 */
export type Finding = {
  status: 'ok' | 'warning' | 'problem'
  seen: string
  fix?: string | undefined
  issue?: IssueCode | undefined
}
export type Check = Finding & { id: string; title: string }

export const ok = (seen: string): Finding => ({ status: 'ok', seen })
export const warning = (seen: string, fix: string): Finding => ({ status: 'warning', seen, fix })
export const problem = (seen: string, fix: string, issue?: IssueCode): Finding => ({
  status: 'problem',
  seen,
  fix,
  issue,
})
export const notChecked = (because: string): Finding => ({
  status: 'warning',
  seen: `Not checked, because ${because}.`,
})

/** The result of one question: the answer, the failure, or the reason why it was not asked. */
export type Fact<T> =
  { kind: 'known'; value: T } | { kind: 'failed'; error: unknown } | { kind: 'unasked'; why: string }

/**
 * Asks a question with a budget of its own, within the deadline of the operation if there is one. So a question that
 * hangs does not delay the answers to other questions.
 * @throws unexpected errors, since they are mistakes in our own code
 */
export const ask = async <T>(
  { runtime, deadline: outer }: { runtime: Runtime; deadline?: Deadline | undefined },
  question: (deadline: Deadline) => Promise<T>,
): Promise<Fact<T>> => {
  try {
    return { kind: 'known', value: await withDeadline(runtime, budgets.diagnose.questionMs, question, outer) }
  } catch (error) {
    // A mistake in our own code says nothing about the configuration, so it is thrown.
    if (unexpectedIn(error) !== undefined && !(error instanceof LiveChatSchemaError)) throw error
    return { kind: 'failed', error }
  }
}

export const unasked = (why: string): Fact<never> => ({ kind: 'unasked', why })
