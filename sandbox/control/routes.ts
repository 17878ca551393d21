import { z } from 'zod'
import type { System } from '../start-sandbox'
import { commonFaults, armCommonFault } from './common-faults'
import { ControlError } from './errors'
import { faultInput, toFault } from './fault-input'
import { readFileAt, type FileContent } from './files'
import { changeKnobs, knobsChange } from './knobs'
import type { People } from './people'
import type { LedgerView, Snapshot } from './views'

export type Call = { params: Record<string, string>; query: URLSearchParams; body: Buffer; contentType: string }
export type Answer = { json: unknown } | FileContent
export type Route = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  path: string
  run: (call: Call) => Answer | Promise<Answer>
}

export type Control = {
  system: System
  people: People
  snapshot: () => Snapshot
  ledgerSince: (seq: number) => LedgerView[]
}

const done: Answer = { json: { ok: true } }
const agent = z.string().email()
const text = z.string().min(1)
const message = z.object({
  type: z.enum(['text', 'image', 'audio', 'video', 'file', 'location', 'bloc']),
  payload: z.record(z.unknown()),
})
const event = z.object({ type: z.string() }).passthrough()
const target = z.union([z.object({ agent }), z.object({ group: z.number().int() })])
const configurationFields = z.record(z.unknown())
const agentChange = z.object({
  status: z.enum(['accepting_chats', 'not_accepting_chats', 'offline']).optional(),
  maxChats: z.number().int().min(1).max(100).optional(),
})

/** Everything that a client can request under `/api`. */
export const createRoutes = (control: Control): Route[] => [
  ...readingRoutes(control),
  ...installationRoutes(control.system),
  ...personRoutes(control),
  ...deskRoutes(control.system),
  ...agentRoutes(control.system),
  ...troubleRoutes(control.system),
]

const readingRoutes = ({ system, snapshot, ledgerSince }: Control): Route[] => [
  { method: 'GET', path: '/api/state', run: () => ({ json: snapshot() }) },
  {
    method: 'GET',
    path: '/api/ledger',
    run: ({ query }) => ({ json: filterLedger(ledgerSince(Number(query.get('since') ?? 0)), query) }),
  },
  { method: 'GET', path: '/api/files', run: ({ query }) => readFileAt(system, query.get('url') ?? '') },
]

const filterLedger = (entries: LedgerView[], query: URLSearchParams): LedgerView[] => {
  const [side, kind, name] = ['side', 'kind', 'name'].map((field) => query.get(field))
  return entries.filter(
    (entry) => (!side || entry.side === side) && (!kind || entry.kind === kind) && (!name || entry.name === name),
  )
}

const installationRoutes = ({ installation, configuration }: System): Route[] => [
  {
    method: 'POST',
    path: '/api/configuration',
    run: async (call) => {
      const fields = call.body.length === 0 ? configuration : read(call, configurationFields)
      await installation.configure(fields)
      const { status, statusReason } = installation
      return { json: { status, ...(statusReason === undefined ? {} : { reason: statusReason }) } }
    },
  },
]

const personRoutes = ({ system, people }: Control): Route[] => [
  {
    method: 'POST',
    path: '/api/people',
    run: (call) => {
      const { id } = people.add(read(call, z.object({ name: text, email: z.string().email() })))
      return { json: { id } }
    },
  },
  {
    method: 'POST',
    path: '/api/people/:id/messages',
    run: async (call) => {
      const { type, payload } = read(call, message)
      await people.get(param(call, 'id')).endUser.send(type, payload)
      return done
    },
  },
  {
    method: 'POST',
    path: '/api/people/:id/uploads',
    run: (call) => {
      people.get(param(call, 'id'))
      return { json: { url: system.botpress.addPublicFile(fileOf(call)) } }
    },
  },
  {
    method: 'POST',
    path: '/api/people/:id/end',
    run: async (call) => {
      await people.get(param(call, 'id')).endUser.end()
      return done
    },
  },
]

const deskRoutes = ({ livechat: { desk } }: System): Route[] => [
  {
    method: 'POST',
    path: '/api/chats/:id/pick-up',
    run: (call) => {
      desk.pickUp(param(call, 'id'), read(call, z.object({ agent })).agent)
      return done
    },
  },
  {
    method: 'POST',
    path: '/api/chats/:id/events',
    run: (call) => {
      const body = read(call, z.object({ agent, event }))
      return { json: { eventId: desk.send(param(call, 'id'), body.agent, body.event) } }
    },
  },
  {
    method: 'POST',
    path: '/api/chats/:id/files',
    run: (call) => {
      const by = call.query.get('agent') ?? ''
      const visibility = call.query.get('visibility') === 'agents' ? 'agents' : 'all'
      return { json: { eventId: desk.sendFile(param(call, 'id'), by, fileOf(call), visibility) } }
    },
  },
  {
    method: 'POST',
    path: '/api/chats/:id/transfer',
    run: (call) => {
      const body = read(call, z.object({ agent, to: target }))
      const chatId = param(call, 'id')
      if ('agent' in body.to) desk.transferToAgent(chatId, body.agent, body.to.agent)
      else desk.transferToGroup(chatId, body.agent, body.to.group)
      return done
    },
  },
  {
    method: 'POST',
    path: '/api/chats/:id/close',
    run: (call) => {
      desk.close(param(call, 'id'), read(call, z.object({ agent })).agent)
      return done
    },
  },
]

const agentRoutes = ({ livechat: { desk, license } }: System): Route[] => [
  {
    method: 'PATCH',
    path: '/api/agents/:id',
    run: (call) => {
      const { status, maxChats } = read(call, agentChange)
      const found = license.agents().find(({ id }) => id === param(call, 'id'))
      if (!found) throw new ControlError(404, `There is no agent ${param(call, 'id')}`)
      if (maxChats !== undefined) found.maxChats = maxChats
      if (status) desk.setStatus(found.id, status)
      return done
    },
  },
]

const troubleRoutes = (system: System): Route[] => [
  {
    method: 'GET',
    path: '/api/faults',
    run: () => ({ json: { common: commonFaults } }),
  },
  {
    method: 'POST',
    path: '/api/faults',
    run: (call) => {
      const input = read(call, faultInput)
      system.faults[input.side].add(toFault(input))
      return done
    },
  },
  {
    method: 'POST',
    path: '/api/faults/common/:id',
    run: async (call) => {
      await armCommonFault(system, param(call, 'id'))
      return done
    },
  },
  {
    method: 'DELETE',
    path: '/api/faults',
    run: () => {
      system.faults.livechat.clear()
      system.faults.botpress.clear()
      system.livechat.knobs.webhookDuplicates = 1
      return done
    },
  },
  {
    method: 'GET',
    path: '/api/knobs',
    run: () => ({ json: { livechat: system.livechat.knobs, botpress: system.botpress.knobs } }),
  },
  {
    method: 'PATCH',
    path: '/api/knobs',
    run: (call) => {
      const change = read(call, knobsChange)
      changeKnobs(system.livechat.knobs, change.livechat)
      changeKnobs(system.botpress.knobs, change.botpress)
      return done
    },
  },
]

const read = <Schema extends z.ZodTypeAny>(call: Call, schema: Schema): z.infer<Schema> => {
  const result = schema.safeParse(parseJson(call.body))
  if (result.success) return result.data as z.infer<Schema>
  const [issue] = result.error.issues
  throw new ControlError(400, `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'not understood'}`)
}

const parseJson = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    throw new ControlError(400, 'The body is not JSON')
  }
}

const param = (call: Call, name: string): string => call.params[name] ?? ''

const fileOf = ({ query, body, contentType }: Call): { name: string; contentType: string; bytes: Buffer } => {
  const name = query.get('name')
  if (!name || body.length === 0) throw new ControlError(400, 'A file needs a name (`?name=`) and content')
  return { name, contentType, bytes: body }
}
