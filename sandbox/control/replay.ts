import { causeHeader } from '../cause'
import { ControlError } from './errors'
import { MASK, unmask } from './mask'
import type { Stage } from './stage'

/**
 * Delivers a webhook once more, as it was or with another body. Masks in the body stand for what was there. Resolves
 * with the status of the answer.
 */
export const replay = async ({ system }: Stage, seq: number, body?: string): Promise<{ status: number }> => {
  const { ledger, botpress, installation } = system
  const entry = ledger.at(seq)
  const original = entry?.exchange?.request
  if (entry?.kind !== 'delivery' || !entry.name.startsWith('webhook/') || original === undefined) {
    throw new ControlError(400, 'Only a webhook from LiveChat can be replayed')
  }
  if (entry.exchange?.isCut) throw new ControlError(400, 'This webhook is too long: only its beginning was kept')
  const startedMs = performance.now()
  const sent = body === undefined ? original : restored(body, original)
  const response = await fetch(botpress.url + new URL(installation.webhookUrl).pathname, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...causeHeader() },
    body: sent,
  })
  await response.arrayBuffer()
  const { status } = response
  ledger.record({
    side: 'livechat',
    kind: 'delivery',
    name: entry.name,
    status,
    startedMs,
    endedMs: performance.now(),
    ...ledger.exchange(sent, undefined, { method: 'POST', url: installation.webhookUrl }),
    detail: { ...entry.detail, replayOf: seq },
  })
  return { status }
}

const restored = (body: string, original: string): string => {
  try {
    return unmask(body, original)
  } catch {
    if (body.includes(MASK))
      throw new ControlError(400, 'The body is not JSON, so its masked parts cannot be filled in')
    return body
  }
}
