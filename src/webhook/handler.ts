import type * as bp from '../bp'
import { budgets } from '../operation/budgets'
import { errorCode } from '../operation/failures/explain'
import { operation, type Failure, type Host } from '../operation/operation'
import { mayLaterSucceed } from '../operation/failures/platform-errors'
import { raiseIssue } from '../operation/failures/raise-issue'
import type { OperationProps } from '../operation/scope'
import { createCache } from '../shared/cache'
import { fieldsOf } from '../shared/fields'
import { createLog } from '../shared/log'
import { dispatch, noteFailure } from './dispatch'
import { isWorthParsing } from './large-body'
import { readRequest } from './read-request'
import { verifySecret } from './verify'

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
 * LiveChat → bot. Answers 200 if the delivery took effect, if there was nothing to do, or if it can never take effect.
 * After a 503, LiveChat redelivers up to three times within about a minute.
 */
export const createWebhookHandler = (host: Host): bp.IntegrationProps['handler'] => {
  const handleDelivery = createDeliveryHandler(host)
  const logRefusal = createRefusalLog(host)
  return async (props) => {
    const { webhookSecret, previousWebhookSecret } = props.ctx.configuration
    const secrets = [webhookSecret, previousWebhookSecret]
    const request = readRequest(props.req, (text) => isWorthParsing(text, secrets))
    if (!request.ok) {
      if (request.status === 401) logRefusal(props, 'secret_wrong')
      return answers[request.status]
    }
    const verification = verifySecret(request.body, secrets)
    if (!verification.valid) {
      logRefusal(props, verification.reason)
      if (verification.reason === 'secret_wrong' && isFromLiveChat(props, request.body)) raiseRefusal(host, props)
      return answers[401]
    }
    return handleDelivery({ ...props, body: request.body })
  }
}

/** Whether a refused delivery looks like one from LiveChat. Anybody can call the URL, but few know the organization. */
const isFromLiveChat = ({ ctx }: OperationProps, body: unknown): boolean => {
  const { organizationId } = fieldsOf(ctx.configuration)
  return typeof organizationId === 'string' && fieldsOf(body)['organization_id'] === organizationId.trim()
}

const raiseRefusal = ({ runtime, memory }: Host, { ctx, logger }: OperationProps): void => {
  const key = (...parts: string[]): string => JSON.stringify([ctx.botId, ctx.integrationId, ...parts])
  raiseIssue({ runtime, memory, log: createLog(logger), key }, 'webhook_secret_refused')
}

type Delivery = OperationProps & { body: unknown }

const createDeliveryHandler = (host: Host): ((props: Delivery) => Promise<bp.WebhookResponse>) =>
  operation(
    host,
    { name: 'webhook_received', budgetMs: budgets.webhook.wholeMs, failure: answerFailure },
    async (scope, { body }) => {
      const outcome = await dispatch(scope, body)
      // We do not log successful deliveries: the message or event shows that they arrived, and a log line costs more
      // than checking the secret.
      if (outcome.kind === 'unusable') scope.log.error('webhook_unreadable', { reason: outcome.reason })
      if (outcome.kind === 'ignored') scope.log.debug('webhook_ignored', { reason: outcome.reason })
      return answers[200]
    },
  )

const answerFailure = ({ error, scope, props }: Failure<Delivery>): bp.WebhookResponse => {
  // Without a scope the configuration is unusable. The bot's owner may be correcting it right now.
  const isTransient = scope === undefined || mayLaterSucceed(error)
  if (scope) noteFailure(scope, props.body)
  const log = createLog(props.logger)
  log.error(isTransient ? 'webhook_failed' : 'webhook_failed_for_good', { error: errorCode(error) })
  return isTransient ? answers[503] : answers[200]
}

const refusalIntervalMs = 60_000

/**
 * Logs refused deliveries, at most one a minute per installation and process. Anybody can call the URL, but nobody must
 * be able to fill the log that way.
 */
const createRefusalLog = ({ runtime }: Host) => {
  const logged = createCache<{ atMs: number }>(500)
  return ({ ctx, logger }: OperationProps, reason: string): void => {
    const key = JSON.stringify([ctx.botId, ctx.integrationId])
    const last = logged.get(key)
    const nowMs = runtime.nowMs()
    if (last && nowMs - last.atMs < refusalIntervalMs) return
    logged.set(key, { atMs: nowMs })
    createLog(logger).warn('webhook_refused', { reason })
  }
}
