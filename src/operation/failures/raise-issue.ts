import { declareCache } from '../../shared/cache'
import type { LogFields } from '../../shared/log'
import { issueTexts, type IssueCode } from './issue-texts'
import type { Scope } from '../scope'

const intervalMs = 3_600_000

/** When this process last raised an issue. */
const raised = declareCache<{ atMs: number }>(500)

/**
 * Tells the bot's owner of something that only they can correct, on the page "Issues" of the bot's dashboard. A process
 * raises each code at most once an hour per installation. Botpress joins the issues of all processes by code and place.
 * `fields` hold ids, codes and numbers, like the fields of a log line. Makes no call and never throws.
 */
export const raiseIssue = (
  { runtime, memory, log, key }: Pick<Scope, 'runtime' | 'memory' | 'log' | 'key'>,
  code: IssueCode,
  fields: LogFields = {},
): void => {
  const name = key('issue', code)
  const nowMs = runtime.nowMs()
  const last = raised(memory).get(name)
  if (last && nowMs - last.atMs < intervalMs) return
  raised(memory).set(name, { atMs: nowMs })
  const { place, ...texts } = issueTexts[code]
  log.issue({ code, ...texts, fields: { ...fields, place }, groupBy: ['place'] })
}
