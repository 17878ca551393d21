import { describe, expect, it } from 'vitest'
import { eventSchema } from '../../livechat/schema'
import { visibility as visibilityOf, type EventSource } from './visibility'

const agent = 'agent@example.com'
const absent = Symbol('absent')

const content: Record<string, Record<string, unknown>> = {
  message: { text: 'Hello' },
  file: { url: 'https://cdn.livechat-files.com/1', content_type: 'application/pdf' },
  rich_message: { elements: [{ title: 'Hello' }] },
  form: { fields: [{ type: 'email', label: 'Your e-mail' }] },
}
type Row = { source: EventSource; visibility: unknown; author: unknown; type: string; deleted: unknown }

const verdictOf = ({ source, visibility, author, type, deleted }: Row) =>
  visibilityOf(
    eventSchema.parse({
      id: 'e1',
      type,
      ...content[type],
      ...(visibility === absent ? {} : { visibility }),
      ...(author === absent ? {} : { author_id: author }),
      ...(deleted === absent ? {} : { deleted }),
    }),
    source,
  )

const fromAgent: Row = { source: 'webhook', visibility: 'all', author: agent, type: 'message', deleted: absent }

describe('visibility', () => {
  it('relays a public message of an agent', () => {
    expect(verdictOf(fromAgent)).toEqual({
      relay: true,
      message: { type: 'text', payload: { text: 'Hello' } },
      authorId: agent,
    })
  })

  it.each<unknown>(['agents', absent, 'ALL', 'All', ' all', '', null, true, 1, ['all'], { all: true }, undefined])(
    'drops an event of visibility %j that a webhook brings',
    (visibility) => {
      expect(verdictOf({ ...fromAgent, visibility })).toEqual({ relay: false, reason: 'private' })
    },
  )

  it.each<unknown>(['agents', 'ALL', 'All', ' all', '', null, true, 1, ['all'], { all: true }])(
    'drops an event of explicit visibility %j that the customer may read',
    (visibility) => {
      expect(verdictOf({ ...fromAgent, source: 'customer-read', visibility })).toEqual({
        relay: false,
        reason: 'private',
      })
    },
  )

  it.each<unknown>([absent, 'all'])('relays an event of visibility %o that the customer may read', (visibility) => {
    expect(verdictOf({ ...fromAgent, source: 'customer-read', visibility }).relay).toBe(true)
  })

  it.each<unknown>([absent, '', null, 5, [agent]])('drops an event of author %o', (author) => {
    expect(verdictOf({ ...fromAgent, author })).toEqual({ relay: false, reason: 'no_author' })
  })

  it.each<unknown>([true, 'true', 1, null, 'false', 0])('drops an event that is deleted: %j', (deleted) => {
    expect(verdictOf({ ...fromAgent, deleted })).toEqual({ relay: false, reason: 'deleted' })
  })

  it.each(['system_message', 'system', 'filled_form', 'custom', 'something_new'])(
    'drops an event of type %s',
    (type) => {
      expect(verdictOf({ ...fromAgent, type })).toEqual({ relay: false, reason: 'nothing_to_relay' })
    },
  )

  it('calls a private event private, even if there are other reasons to drop it', () => {
    const worst = { ...fromAgent, visibility: 'agents', author: '', type: 'custom', deleted: true }
    expect(verdictOf(worst)).toEqual({ relay: false, reason: 'private' })
  })

  it('relays exactly these of all combinations', () => {
    const relayed: string[] = []
    for (const source of ['webhook', 'customer-read'] as const)
      for (const visibility of ['all', 'agents', absent, 'ALL', null, 1, ['all']])
        for (const author of [agent, absent, ''])
          for (const type of ['message', 'file', 'rich_message', 'form', 'system_message', 'filled_form', 'custom'])
            for (const deleted of [absent, false, true]) {
              if (!verdictOf({ source, visibility, author, type, deleted }).relay) continue
              relayed.push([source, visibility, author, type, deleted].map(String).join(' '))
            }
    expect(relayed).toEqual(
      ['webhook all', 'customer-read all', 'customer-read Symbol(absent)'].flatMap((start) =>
        ['message', 'file', 'rich_message', 'form'].flatMap((type) => [
          `${start} ${agent} ${type} Symbol(absent)`,
          `${start} ${agent} ${type} false`,
        ]),
      ),
    )
  })

  it.each([true, false, undefined, null, 'true'])('relays a message that LiveChat marks as a greeting: %j', (mark) => {
    const event = { id: 'e1', type: 'message', text: 'Welcome', visibility: 'all', author_id: agent }
    const properties = { lc2: { welcome_message: mark } }
    expect(visibilityOf(eventSchema.parse({ ...event, properties }), 'webhook').relay).toBe(true)
  })
})
