/** No documented webhook is as large as this. An agent's message has at most 16 KB. */
const maxBodyBytes = 1024 * 1024

export type WebhookBody = { ok: true; body: unknown } | { ok: false; status: 400 | 401 | 405 | 413 }

/**
 * Checks method, size and JSON, in this order. Does not check who sent the request.
 * @param isWorthParsing a body that is not worth it gets 401 without being parsed
 */
export const readRequest = (
  request: { method: string; body?: string | undefined },
  isWorthParsing: (text: string) => boolean = () => true,
): WebhookBody => {
  if (request.method.toUpperCase() !== 'POST') return { ok: false, status: 405 }
  const text = request.body ?? ''
  // Counting the bytes of a megabyte takes milliseconds.
  if (text.length > maxBodyBytes) return { ok: false, status: 413 }
  if (!isWorthParsing(text)) return { ok: false, status: 401 }
  if (Buffer.byteLength(text) > maxBodyBytes) return { ok: false, status: 413 }
  try {
    return { ok: true, body: JSON.parse(text) }
  } catch {
    return { ok: false, status: 400 }
  }
}
