import { withDeadline } from '../shared/deadline'
import type { Runtime } from '../shared/runtime'
import { toRuntimeError } from './failures/explain'
import { issueOf } from './failures/issue-of'
import type { Memory } from './memory'
import { raiseIssue } from './failures/raise-issue'
import type { Report } from './failures/report'
import { createScope, type OperationProps, type Scope } from './scope'

/** What all operations of a process share. */
export type Host = { runtime: Runtime; memory: Memory; report: Report }

/** `scope` is `undefined` if the configuration is unusable. */
export type Failure<P> = { error: unknown; scope: Scope | undefined; props: P }

export type OperationSpec<P, R> = {
  /** Name of the operation in reports. */
  name: string
  budgetMs: number
  /**
   * What failed: the beginning of a text for the bot's owner. Or a function that returns an answer instead of an error.
   */
  failure: string | ((failure: Failure<P>) => R)
}

/**
 * Wraps one operation of the integration: an action, a message, a webhook, a register, an unregister. Gives it a
 * deadline and a scope, reports mistakes of ours, and turns every failure into an error that says who must do what. If
 * only the bot's owner can correct it, also raises an issue.
 * After the operation has answered, none of its work makes another call to Botpress or LiveChat.
 * @throws RuntimeError, unless `failure` is a function
 */
export const operation = <P extends OperationProps, R>(
  host: Host,
  spec: OperationSpec<P, R>,
  run: (scope: Scope, props: P) => Promise<R>,
): ((props: P) => Promise<R>) => operationWithoutSettings(host, spec, (openScope, props) => run(openScope(), props))

/**
 * Like `operation`, for work that must run even if the configuration is unusable. With an unusable configuration,
 * `openScope` throws a RuntimeError.
 */
export const operationWithoutSettings =
  <P extends OperationProps, R>(
    { runtime, memory, report }: Host,
    { name, budgetMs, failure }: OperationSpec<P, R>,
    run: (openScope: () => Scope, props: P) => Promise<R>,
  ) =>
  async (props: P): Promise<R> => {
    const reportIt = (error: unknown): Promise<void> => report(name, error, props.logger)
    let opened: Scope | undefined
    try {
      return await withDeadline(runtime, budgetMs, (deadline) =>
        run(() => (opened ??= createScope(props, { runtime, memory, deadline, report: reportIt })), props),
      )
    } catch (error) {
      await reportIt(error)
      const issue = issueOf(error)
      if (opened && issue) raiseIssue(opened, issue)
      if (typeof failure === 'string') throw toRuntimeError(failure, error)
      return failure({ error, scope: opened, props })
    }
  }
