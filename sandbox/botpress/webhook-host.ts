import type { SandboxRequest, SandboxResponse } from '../http-server'
import { callIntegration } from './operations'
import type { World } from './world'

export const WEBHOOK_HOST = 'webhook.botpress.cloud'

const MAX_BODY_BYTES = 100 * 1024 * 1024

export const webhookUrlOf = (webhookId: string): string => `https://${WEBHOOK_HOST}/${webhookId}`

export const webhookIdOf = (path: string): string => path.split('/')[1] ?? ''

/** Passes any request on to the integration unchanged, and returns the integration's answer. */
export const handleWebhook = async (world: World, request: SandboxRequest): Promise<SandboxResponse> => {
  const webhookId = webhookIdOf(request.path)
  const instance = world.instances.get(webhookId)
  if (!instance) return { status: 404, body: { message: 'No such webhook' } }
  if (request.body.length > MAX_BODY_BYTES) return { status: 413, body: { message: 'The body is too large' } }

  const subPath = request.path.slice(webhookId.length + 1)
  const req = {
    method: request.method,
    path: subPath || '/',
    query: request.query.toString(),
    headers: singleValues(request.headers),
    ...(request.body.length > 0 ? { body: request.body.toString('utf8') } : {}),
  }
  const answer = await callIntegration(world, instance, 'webhook_received', { req }, { path: req.path })
  const detail = { botId: instance.botId, webhookId }
  if (answer.status === undefined) return { status: 502, body: { message: answer.failure }, detail }
  return { status: answer.status, headers: passedOn(answer.headers), body: answer.body, detail }
}

const singleValues = (headers: SandboxRequest['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  )

// Headers about the connection belong to each of the two servers, not to the answer.
const OWN_HEADERS = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'content-encoding',
  'date',
])

const passedOn = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !OWN_HEADERS.has(name)))
