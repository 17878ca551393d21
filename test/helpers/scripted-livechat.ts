import type { Http, HttpRequest, HttpResponse } from '../../src/livechat/transport/http'
import type { Deadline } from '../../src/shared/deadline'
import type { Runtime } from '../../src/shared/runtime'

export type Answer = HttpResponse | Error

export const json = (status: number, body: unknown, headers: Record<string, unknown> = {}): HttpResponse => ({
  status,
  text: JSON.stringify(body),
  headers,
})
export const refusal = (type: string, status = 422, data?: unknown): HttpResponse =>
  json(status, { error: { type, message: 'as told', data } })

export const bodyOf = (request: HttpRequest | undefined): unknown => JSON.parse(String(request?.body))

type Script = { budgetMs?: number; startMs?: number; exchangeMs?: number }

/** A LiveChat that gives the listed answers. Time moves only by waiting, and by `exchangeMs` with each exchange. */
export const scriptedLiveChat = (
  answers: Answer[],
  { budgetMs = 20_000, startMs = 0, exchangeMs = 0 }: Script = {},
) => {
  const requests: HttpRequest[] = []
  const waits: number[] = []
  let nowMs = startMs
  const http: Http = (request) => {
    requests.push(request)
    nowMs += exchangeMs
    const answer = answers.shift()
    if (answer === undefined) throw new Error('one request more than expected')
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
  }
  const runtime: Runtime = {
    nowMs: () => nowMs,
    random: () => 0.5,
    newId: () => 'id-1',
    sleep: (durationMs) => {
      waits.push(durationMs)
      nowMs += durationMs
      return Promise.resolve()
    },
    setTimer: () => () => undefined,
  }
  const deadline: Deadline = {
    signal: new AbortController().signal,
    remainingMs: () => Math.max(0, startMs + budgetMs - nowMs),
  }
  return { http, runtime, deadline, requests, waits }
}
