import type { AgentStatus, CommonFault } from '../control/views'

/** What an agent writes, in LiveChat's own shape. */
export type AgentEvent = { type: string; [field: string]: unknown }
export type TransferTarget = { agent: string } | { group: number }

const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
  const isFile = body instanceof Blob
  const response = await fetch(path, {
    method,
    ...(body === undefined
      ? {}
      : {
          body: isFile ? body : JSON.stringify(body),
          headers: { 'content-type': isFile ? body.type || 'application/octet-stream' : 'application/json' },
        }),
  })
  const answer = (await response.json()) as T & { error?: string }
  if (!response.ok) throw new Error(answer.error ?? `The sandbox answered ${response.status}`)
  return answer
}

const person = (id: string): string => `/api/people/${encodeURIComponent(id)}`
const chat = (id: string): string => `/api/chats/${encodeURIComponent(id)}`

/** The control server's API; each call throws an `Error` whose text can be shown. */
export const api = {
  addPerson: (name: string, email: string) => call<{ id: string }>('POST', '/api/people', { name, email }),
  say: (personId: string, type: string, payload: object) =>
    call('POST', `${person(personId)}/messages`, { type, payload }),
  upload: (personId: string, file: File) =>
    call<{ url: string }>('POST', `${person(personId)}/uploads?name=${encodeURIComponent(file.name)}`, file),
  endSession: (personId: string) => call('POST', `${person(personId)}/end`),

  pickUp: (chatId: string, agent: string) => call('POST', `${chat(chatId)}/pick-up`, { agent }),
  write: (chatId: string, agent: string, event: AgentEvent) => call('POST', `${chat(chatId)}/events`, { agent, event }),
  sendFile: (chatId: string, agent: string, file: File, visibility: 'all' | 'agents') => {
    const query = new URLSearchParams({ agent, name: file.name, visibility })
    return call('POST', `${chat(chatId)}/files?${query}`, file)
  },
  transfer: (chatId: string, agent: string, to: TransferTarget) =>
    call('POST', `${chat(chatId)}/transfer`, { agent, to }),
  close: (chatId: string, agent: string) => call('POST', `${chat(chatId)}/close`, { agent }),
  changeAgent: (agent: string, change: { status?: AgentStatus; maxChats?: number }) =>
    call('PATCH', `/api/agents/${encodeURIComponent(agent)}`, change),

  commonFaults: () => call<{ common: CommonFault[] }>('GET', '/api/faults'),
  armFault: (id: string) => call('POST', `/api/faults/common/${id}`),
  clearFaults: () => call('DELETE', '/api/faults'),
  setRouting: (routing: 'automatic' | 'manual') =>
    call('PATCH', '/api/knobs', { livechat: { autoAssign: routing === 'automatic' } }),
}

/** Where the browser gets a file that a message links to. */
export const fileAddress = (url: string): string => `/api/files?${new URLSearchParams({ url })}`
