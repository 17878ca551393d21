import type { AgentStatus, CommonFault, LedgerView, ShelfItem } from '../control/views'

/** What an agent writes, in LiveChat's own shape. */
export type AgentEvent = { type: string; [field: string]: unknown }
export type TransferTarget = { agent: string } | { group: number }
export type FieldSchema = {
  type?: string | string[]
  title?: string
  description?: string
  enum?: unknown[]
  default?: unknown
  properties?: Record<string, FieldSchema>
  anyOf?: FieldSchema[]
  'x-zui'?: { title?: string; secret?: boolean }
}
export type Form = { schema: FieldSchema; values: Record<string, unknown> }
export type StartCard = {
  title?: string
  description?: string
  givesEmail: boolean
  hitlSession: Record<string, unknown>
}
export type KnobChoice = { name: string; explains: string; value: unknown; others: unknown[]; note?: string }
export type Saved = { status: string; reason?: string }

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
  }).catch(() => {
    throw new Error(method === 'GET' ? 'The sandbox is not running.' : 'Not sent: the sandbox is not running.')
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
  somebodyElseSays: (personId: string, name: string, text: string) =>
    call('POST', `${person(personId)}/somebody-else`, { name, text }),
  upload: (personId: string, file: File) =>
    call<{ url: string }>('POST', `${person(personId)}/uploads?name=${encodeURIComponent(file.name)}`, file),
  shelf: () => call<{ shelf: ShelfItem[] }>('GET', '/api/shelf'),
  sendFromShelf: (personId: string, item: string) => call('POST', `${person(personId)}/shelf/${item}`),
  endSession: (personId: string) => call('POST', `${person(personId)}/end`),

  /** What an agent does with a chat: `pick-up`, `supervise`, `leave`, `close` or `reopen`. */
  act: (chatId: string, action: string, agent: string) => call('POST', `${chat(chatId)}/${action}`, { agent }),
  write: (chatId: string, agent: string, event: AgentEvent) => call('POST', `${chat(chatId)}/events`, { agent, event }),
  edit: (chatId: string, agent: string, eventId: string, text: string) =>
    call('PATCH', `${chat(chatId)}/events/${encodeURIComponent(eventId)}`, { agent, text }),
  deleteEvent: (chatId: string, agent: string, eventId: string) =>
    call('DELETE', `${chat(chatId)}/events/${encodeURIComponent(eventId)}`, { agent }),
  greet: (chatId: string, agent: string, text: string) => call('POST', `${chat(chatId)}/greeting`, { agent, text }),
  tag: (chatId: string, agent: string, tag: string, isOn: boolean) =>
    call(isOn ? 'POST' : 'DELETE', `${chat(chatId)}/tags`, { agent, tag }),
  sendFile: (chatId: string, agent: string, file: File, visibility: 'all' | 'agents') => {
    const query = new URLSearchParams({ agent, name: file.name, visibility })
    return call('POST', `${chat(chatId)}/files?${query}`, file)
  },
  transfer: (chatId: string, agent: string, to: TransferTarget) =>
    call('POST', `${chat(chatId)}/transfer`, { agent, to }),
  closeByLiveChat: (chatId: string, reason: string) => call('POST', `${chat(chatId)}/close-by-livechat`, { reason }),
  reassign: (chatId: string) => call('POST', `${chat(chatId)}/reassign`),
  changeAgent: (agent: string, change: { status?: AgentStatus; maxChats?: number }) =>
    call('PATCH', `/api/agents/${encodeURIComponent(agent)}`, change),

  configuration: () => call<Form>('GET', '/api/configuration'),
  changeConfiguration: (change: Record<string, unknown>) => call<Saved>('PATCH', '/api/configuration', change),
  setAgentAccess: (on: boolean) => call<Saved>('POST', '/api/agent-access', { on }),
  startCard: () => call<{ schema: FieldSchema; values: StartCard }>('GET', '/api/start-card'),
  fillInStartCard: (card: StartCard) => call<StartCard>('PUT', '/api/start-card', card),
  runAction: (type: string, input: object) => call<{ output: unknown }>('POST', `/api/actions/${type}`, input),
  knobs: () => call<{ livechat: KnobChoice[]; botpress: KnobChoice[] }>('GET', '/api/knobs/choices'),
  changeKnob: (side: 'livechat' | 'botpress', name: string, value: unknown) =>
    call('PATCH', '/api/knobs', { [side]: { [name]: value } }),

  commonFaults: () => call<{ common: CommonFault[] }>('GET', '/api/faults'),
  armFault: (id: string) => call('POST', `/api/faults/common/${id}`),
  clearFaults: () => call('DELETE', '/api/faults'),
  entry: (seq: number) => call<LedgerView>('GET', `/api/ledger/${seq}`),
  replay: (seq: number, body?: string) => call<{ status: number }>('POST', `/api/ledger/${seq}/replay`, { body }),
  setRouting: (routing: 'automatic' | 'manual') =>
    call('PATCH', '/api/knobs', { livechat: { autoAssign: routing === 'automatic' } }),

  moveClock: (ms: number) => call('POST', '/api/clock', { ms }),
  play: () => call<{ personId: string }>('POST', '/api/play'),
  reset: () => call('POST', '/api/reset'),
}

/** Where the browser gets a file that a message links to. `name` is for whoever cannot see it. */
export const fileAddress = (url: string, name = ''): string => `/api/files?${new URLSearchParams({ url, name })}`

/** Whether the sandbox stands for the host of this file. */
export const isSandboxFile = (url: string): boolean =>
  /^https:\/\/(cdn\.livechat-files\.com|files\.bpcontent\.cloud|api\.telegram\.org)\//.test(url)
