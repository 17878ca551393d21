import { z } from 'zod'
import type { NewCause } from '../causes'
import type { Call } from '../http'
import type { Stage } from '../stage'
import { agentId, done, fileOf, param, read, text, type Route } from './route'

const byAgent = z.object({ agent: agentId })
const event = z.object({ type: z.string() }).passthrough()
const newEvent = z.object({ agent: agentId, event })
const target = z.union([byAgent, z.object({ group: z.number().int() })])
const transfer = z.object({ agent: agentId, to: target })
const words = z.object({ agent: agentId, text })
const tag = z.object({ agent: agentId, tag: text })
/** Why LiveChat closes a chat by itself. */
const closing = z.object({
  reason: z.enum(['routing.archived_inactive', 'system_archived', 'archived_customer_disconnected']),
})

export const deskRoutes = ({ system, people }: Stage): Route[] => {
  const { desk, license } = system.livechat
  const nameOf = (id: string): string => license.agents().find((agent) => agent.id === id)?.name ?? 'An agent'
  const about = (call: Call): { personId?: string } => {
    const person = people.ofChat(param(call, 'id'))
    return person ? { personId: person.id } : {}
  }
  const caused = (call: Call, agent: string, title: string): NewCause => ({
    from: 'agent',
    who: nameOf(agent),
    title,
    ...about(call),
  })
  /** A route of an agent whose body is read once for its cause and once to run. */
  const route = <Schema extends z.ZodType<{ agent: string }>>(
    method: Route['method'],
    path: string,
    schema: Schema,
    title: (body: z.infer<Schema>, call: Call) => string,
    run: (chatId: string, body: z.infer<Schema>, call: Call) => unknown,
  ): Route => ({
    method,
    path: `/api/chats/:id/${path}`,
    cause: (call) => {
      const body = read(call, schema)
      return caused(call, body.agent, title(body, call))
    },
    run: (call) => {
      const result = run(param(call, 'id'), read(call, schema), call)
      return typeof result === 'string' ? { json: { eventId: result } } : done
    },
  })

  return [
    route(
      'POST',
      'pick-up',
      byAgent,
      () => 'Picks up the chat',
      (chatId, { agent }) => desk.pickUp(chatId, agent),
    ),
    route(
      'POST',
      'supervise',
      byAgent,
      () => 'Supervises the chat',
      (chatId, { agent }) => desk.supervise(chatId, agent),
    ),
    route(
      'POST',
      'leave',
      byAgent,
      () => 'Leaves the chat',
      (chatId, { agent }) => desk.removeAgent(chatId, agent, agent),
    ),
    route(
      'POST',
      'close',
      byAgent,
      () => 'Closes the chat',
      (chatId, { agent }) => desk.close(chatId, agent),
    ),
    route(
      'POST',
      'reopen',
      byAgent,
      () => 'Reopens the chat',
      (chatId, { agent }) => void desk.reopen(chatId, agent),
    ),
    route(
      'POST',
      'events',
      newEvent,
      (body) => titleOf(body.event),
      (chatId, body) => desk.send(chatId, body.agent, body.event),
    ),
    route(
      'PATCH',
      'events/:event',
      words,
      (body) => `Edits a message: ${body.text}`,
      (chatId, body, call) => desk.edit(chatId, body.agent, param(call, 'event'), body.text),
    ),
    route(
      'DELETE',
      'events/:event',
      byAgent,
      () => 'Deletes a message',
      (chatId, { agent }, call) => desk.deleteEvent(chatId, agent, param(call, 'event')),
    ),
    route(
      'POST',
      'greeting',
      words,
      (body) => `Automatic greeting: ${body.text}`,
      (chatId, body) => desk.say(chatId, body.agent, body.text, { properties: { lc2: { welcome_message: true } } }),
    ),
    route(
      'POST',
      'tags',
      tag,
      (body) => `Tags the chat: ${body.tag}`,
      (chatId, body) => desk.tagThread(chatId, body.agent, body.tag),
    ),
    route(
      'DELETE',
      'tags',
      tag,
      (body) => `Removes the tag ${body.tag}`,
      (chatId, body) => desk.untagThread(chatId, body.agent, body.tag),
    ),
    route(
      'POST',
      'transfer',
      transfer,
      ({ to }) => `Transfers the chat to ${'agent' in to ? nameOf(to.agent) : groupName(to.group)}`,
      (chatId, { agent, to }) =>
        'agent' in to ? desk.transferToAgent(chatId, agent, to.agent) : desk.transferToGroup(chatId, agent, to.group),
    ),
    {
      method: 'POST',
      path: '/api/chats/:id/files',
      cause: (call) => caused(call, call.query.get('agent') ?? '', `File: ${call.query.get('name') ?? ''}`),
      run: (call) => {
        const by = call.query.get('agent') ?? ''
        const visibility = call.query.get('visibility') === 'agents' ? 'agents' : 'all'
        return { json: { eventId: desk.sendFile(param(call, 'id'), by, fileOf(call), visibility) } }
      },
    },
    {
      method: 'POST',
      path: '/api/chats/:id/close-by-livechat',
      cause: (call) => ({
        from: 'sandbox',
        who: 'LiveChat',
        title: `Closes the chat: ${read(call, closing).reason}`,
        ...about(call),
      }),
      run: (call) => {
        desk.closeBySystem(param(call, 'id'), read(call, closing).reason)
        return done
      },
    },
    {
      method: 'POST',
      path: '/api/chats/:id/reassign',
      cause: (call) => ({
        from: 'sandbox',
        who: 'LiveChat',
        title: 'Gives the chat of a silent agent away',
        ...about(call),
      }),
      run: (call) => {
        desk.reassignForInactivity(param(call, 'id'))
        return done
      },
    },
  ]

  function groupName(id: number): string {
    return license.groups().find((group) => group.id === id)?.name ?? `group ${id}`
  }
}

const KINDS: Record<string, string> = { quick_replies: 'Quick replies', cards: 'Card', sticker: 'Sticker' }

/** The words of an event, or what it is. */
const titleOf = ({ type, text: said, visibility, ...rest }: z.infer<typeof event>): string => {
  const elements = rest['elements']
  const [first] = Array.isArray(elements) ? (elements as { title?: unknown }[]) : []
  const kind = KINDS[String(rest['template_id'])] ?? type.replaceAll('_', ' ')
  const title = typeof said === 'string' ? said : [kind, first?.title].filter(Boolean).join(': ')
  return visibility === 'agents' ? `Private note: ${title}` : title
}
