import type * as bp from '../bp'
import { noteMissedDelivery } from '../session/catch-up'
import { isPlatformFaultTransient } from '../session/platform-call'
import type { Memory } from '../session/memory'
import type { Report } from '../session/report'
import { createScope, type Scope } from '../session/scope'
import { withDeadline } from '../shared/deadline'
import { createLog } from '../shared/log'
import type { Runtime } from '../shared/runtime'
import { dispatch, threadOf } from './dispatch'
import { readRequest } from './read-request'
import { logRefusal } from './refusals'
import { verifySecret } from './verify'

/** LiveChat waits about 10 s for its 200; an answer at 8 s still arrives. */
const budgetMs = 8_000

const answer = (status: number, body: string): bp.WebhookResponse => ({ status, body })
const answers = {
  200: answer(200, 'ok'),
  400: answer(400, 'Body is not JSON'),
  401: answer(401, 'Unauthorized'),
  405: answer(405, 'Method not allowed'),
  413: answer(413, 'Body too large'),
  503: answer(503, 'Try again later'),
}

/**
 * LiveChat → bot. Answers truthfully: 200 only when the delivery took effect, or never will; 503 makes LiveChat deliver
 * again, up to three times within about a minute.
 */
export const createWebhookHandler =
  (runtime: Runtime, memory: Memory, report: Report): bp.IntegrationProps['handler'] =>
  async (props) => {
    const request = readRequest(props.req)
    if (!request.ok) return answers[request.status]

    const { webhookSecret, previousWebhookSecret } = props.ctx.configuration
    const verification = verifySecret(request.body, [webhookSecret, previousWebhookSecret])
    if (!verification.valid) {
      logRefusal(runtime, memory, props, verification.reason)
      return answers[401]
    }

    const log = createLog(props.logger)
    let scope: Scope | undefined
    try {
      const outcome = await withDeadline(runtime, budgetMs, (deadline) => {
        scope = createScope(props, runtime, memory, deadline)
        return dispatch(scope, request.body)
      })
      // What was done leaves its own trace, a message or an event: a line for each would cost more than its verification.
      if (outcome.kind === 'unusable') log.error('webhook_unusable', { reason: outcome.reason })
      if (outcome.kind === 'ignored') log.debug('webhook_ignored', { reason: outcome.reason })
      return answers[200]
    } catch (error) {
      // Without a scope the configuration is unusable, which its owner may be mending at this moment.
      const isTransient = scope === undefined || isPlatformFaultTransient(error)
      const thread = threadOf(request.body)
      if (scope && thread)
        noteMissedDelivery(scope, { livechatChatId: thread.chat_id, livechatThreadId: thread.thread_id })
      log.error(isTransient ? 'webhook_failed' : 'webhook_can_never_succeed', { error: describe(error) })
      await report('webhook_received', error, props.logger)
      return isTransient ? answers[503] : answers[200]
    }
  }

// The name and, for API errors, the platform's type: their messages may quote what was sent.
const describe = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown'
  const type: unknown = Reflect.get(error, 'type')
  return typeof type === 'string' ? `${error.name} ${type}` : error.name
}
