import { causeTraceId } from '../cause'
import type { FaultEffect } from '../faults'
import { OperationFailed } from './errors'
import type { Instance } from './instance'
import { findMismatch } from './schema-check'
import type { World } from './world'

export type Operation = 'register' | 'unregister' | 'webhook_received' | 'message_created' | 'action_triggered' | 'ping'

/** The integration's answer. Without a status, the integration was not reached or did not answer. */
export type Answer = { status?: number; headers: Record<string, string>; body: string; failure?: string }

const pause = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, durationMs))

/**
 * Sends one request to the integration's server. Faults of route `operation/<operation>` apply: with `before` (the
 * default) the integration never sees the request, with `after` its answer is lost.
 */
export const callIntegration = (
  world: World,
  instance: Instance,
  operation: Operation,
  body: unknown,
  detail: Record<string, unknown> = {},
): Promise<Answer> =>
  world.work.run(async () => {
    const startedMs = performance.now()
    const fault = world.faults.take(`operation/${operation}`)
    if (fault?.kind === 'delay') await pause(fault.delayMs)
    const isLost = fault !== undefined && fault.kind !== 'delay'
    const isSent = !isLost || fault.when === 'after'
    const real = isSent ? await send(world, instance, operation, body) : undefined
    const answer = isLost ? faultyAnswer(fault) : (real ?? { headers: {}, body: '' })
    world.ledger.record({
      side: 'botpress',
      kind: 'delivery',
      name: `operation/${operation}`,
      ...(answer.status === undefined ? {} : { status: answer.status }),
      startedMs,
      endedMs: performance.now(),
      ...world.ledger.exchange(body, answer.body, {
        method: 'POST',
        url: instance.integrationUrl,
        requestHeaders: namesOf(instance, operation),
        responseHeaders: answer.headers,
      }),
      detail: { botId: instance.botId, ...detail, ...(fault ? { fault: fault.kind } : {}) },
    })
    return answer
  })

const send = async (world: World, instance: Instance, operation: Operation, body: unknown): Promise<Answer> => {
  try {
    const response = await fetch(instance.integrationUrl, {
      method: 'POST',
      headers: headersFor(world, instance, operation),
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(world.knobs.operationTimeoutMs),
    })
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers.entries()),
      body: await response.text(),
    }
  } catch (error) {
    const isTimeout = error instanceof Error && error.name === 'TimeoutError'
    return { headers: {}, body: '', failure: isTimeout ? 'no answer in time' : 'the integration was not reached' }
  }
}

const headersFor = (world: World, instance: Instance, operation: Operation): Record<string, string> => ({
  ...namesOf(instance, operation),
  traceparent: traceparentOf(world),
})

const namesOf = (instance: Instance, operation: Operation): Record<string, string> => ({
  'content-type': 'application/json',
  'x-bot-id': instance.botId,
  'x-bot-user-id': instance.botUserId,
  'x-integration-id': instance.integrationId,
  'x-integration-alias': instance.alias,
  'x-webhook-id': instance.webhookId,
  'x-bp-operation': operation,
  'x-bp-configuration': Buffer.from(JSON.stringify(instance.configuration ?? {})).toString('base64'),
})

const traceparentOf = ({ ids }: World): string => {
  const [traceId, spanId] = [ids.uuid().replaceAll('-', ''), ids.uuid().replaceAll('-', '').slice(16)]
  return `00-${causeTraceId() ?? traceId}-${spanId}-01`
}

const faultyAnswer = (fault: Exclude<FaultEffect, { kind: 'delay' }>): Answer => {
  if (fault.kind === 'status') {
    const body = typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body ?? '')
    return { status: fault.status, headers: {}, body }
  }
  if (fault.kind === 'junk') return { status: 200, headers: {}, body: fault.body }
  return { headers: {}, body: '', failure: fault.kind === 'hang' ? 'no answer in time' : 'the connection was reset' }
}

/** The failure that an answer stands for, or undefined if it is a success. */
export const failureOf = (operation: Operation, answer: Answer): OperationFailed | undefined => {
  if (answer.status === undefined) return new OperationFailed(operation, 'Unknown', answer.failure ?? 'no answer')
  if (answer.status < 400) return undefined
  const parsed = parseJson(answer.body) as { type?: unknown; message?: unknown; error?: unknown } | undefined
  const type = typeof parsed?.type === 'string' ? parsed.type : 'Unknown'
  const message = [parsed?.message, parsed?.error].find((text) => typeof text === 'string') as string | undefined
  return new OperationFailed(operation, type, message ?? `answered ${answer.status}`, answer.status)
}

/**
 * Runs an action of the integration. Input and output are checked against the definition. Throws `OperationFailed`.
 * @param openList the list of the input in which the platform lets unknown fields pass
 */
export const runAction = async (
  world: World,
  instance: Instance,
  type: string,
  input: unknown,
  openList?: string,
): Promise<Record<string, unknown>> => {
  const action = world.definition.actions?.[type]
  if (!action) throw new OperationFailed('action_triggered', 'InvalidPayload', `There is no action "${type}"`)
  const { schema } = action.input
  const wrongInput =
    openList === undefined
      ? findMismatch(schema, input)
      : (findMismatch(schema, { ...Object(input), [openList]: [] }) ?? findMismatch(schema, input, 'allowed'))
  if (wrongInput) throw new OperationFailed('action_triggered', 'InvalidPayload', `Input of ${type}: ${wrongInput}`)

  const answer = await callIntegration(world, instance, 'action_triggered', { type, input }, { type })
  const failure = failureOf('action_triggered', answer)
  if (failure) throw failure

  const output = (parseJson(answer.body) as { output?: unknown } | undefined)?.output
  const wrongOutput = findMismatch(action.output.schema, output)
  if (wrongOutput) throw new OperationFailed('action_triggered', 'InvalidPayload', `Output of ${type}: ${wrongOutput}`)
  return output as Record<string, unknown>
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
