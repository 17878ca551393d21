import { LiveChatSchemaError } from '../../livechat/errors'
import { unexpectedIn } from '../../session/unexpected'
import { withDeadline, type Deadline } from '../../shared/deadline'
import type { Runtime } from '../../shared/runtime'

/**
 * What one check found. `seen` says what there is, without secrets; `fix` the one thing to do about it. A check that could
 * not be made is a warning without a fix: the check that keeps it from being made has one.
 */
export type Finding = { status: 'ok' | 'warning' | 'problem'; seen: string; fix?: string }
export type Check = Finding & { id: string; title: string }

export const ok = (seen: string): Finding => ({ status: 'ok', seen })
export const warning = (seen: string, fix: string): Finding => ({ status: 'warning', seen, fix })
export const problem = (seen: string, fix: string): Finding => ({ status: 'problem', seen, fix })
export const notChecked = (because: string): Finding => ({
  status: 'warning',
  seen: `Not checked, because ${because}.`,
})

/** What was asked of somebody: their answer, what went wrong, or why nobody was asked. */
export type Fact<T> =
  { kind: 'known'; value: T } | { kind: 'failed'; error: unknown } | { kind: 'unasked'; why: string }

/** Two questions in a row end within the time of an action. */
const budgetMs = 9_000

/** A question with a time of its own: one that hangs does not keep the other answers from being told. */
export const ask = async <T>(runtime: Runtime, question: (deadline: Deadline) => Promise<T>): Promise<Fact<T>> => {
  try {
    return { kind: 'known', value: await withDeadline(runtime, budgetMs, question) }
  } catch (error) {
    // A mistake of ours is nobody's configuration.
    if (unexpectedIn(error) !== undefined && !(error instanceof LiveChatSchemaError)) throw error
    return { kind: 'failed', error }
  }
}

export const unasked = (why: string): Fact<never> => ({ kind: 'unasked', why })
