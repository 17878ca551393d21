import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { LiveChatWebhook } from '../../livechat/agent-schema'
import type { NewWebhook } from '../../livechat/configuration-api'
import { wantedWebhooks, type WebhookOwner } from './wanted-webhooks'
import { planWebhooks } from './webhook-plan'

const owner: WebhookOwner = { url: 'https://webhook.example.com/a', clientId: 'client-1', secretKey: 'hush-hush' }
const wanted = await wantedWebhooks(owner)
const withOtherSecret = await wantedWebhooks({ ...owner, secretKey: 'hush-hush-2' })

/** As LiveChat lists it: without the secret. */
const listed = ({ secretKey: _, ...webhook }: NewWebhook, id = 'id-1', change = {}): LiveChatWebhook => ({
  id,
  type: 'license',
  ...webhook,
  ...change,
})
const find = (webhooks: NewWebhook[], action: string): NewWebhook => {
  const found = webhooks.find((webhook) => webhook.action === action)
  if (!found) throw new Error(action)
  return found
}
const incoming = find(wanted, 'incoming_event')
const plan = (seen: LiveChatWebhook[], wants = [incoming]) => {
  const { missing, surplus } = planWebhooks({ wanted: wants, tolerated: [] }, seen, owner.url)
  return { missing: missing.map(({ action }) => action), surplus: surplus.map(({ id }) => id) }
}

describe('the webhooks that an installation wants', () => {
  it('are exactly those that have a handler, each once', () => {
    const dispatch = readFileSync(resolve(__dirname, '../../webhook/dispatch.ts'), 'utf8')
    const handled = [...dispatch.matchAll(/^ {2}(\w+): \w+,$/gm)].map(([, action]) => action)
    expect(wanted.map(({ action }) => action).sort()).toEqual(handled.sort())
  })

  it('are limited to its own chats, but for words and ends, and bring system messages', () => {
    for (const { action, filters } of wanted) {
      const isOfAllChats = ['incoming_event', 'chat_deactivated'].includes(action)
      expect(filters['only_my_chats'], action).toBe(isOfAllChats ? undefined : true)
      expect(filters).not.toHaveProperty('author_type')
    }
  })

  it('identify their secret without revealing it, the same each time', async () => {
    expect(await wantedWebhooks(owner)).toEqual(wanted)
    const described = [
      owner,
      { ...owner, secretKey: 'hush-hush-2' },
      { ...owner, url: 'https://webhook.example.com/b' },
      { ...owner, clientId: 'client-2' },
    ].map(async (each) => (await wantedWebhooks(each))[0]?.description)
    expect(new Set(await Promise.all(described)).size).toBe(4)
    expect(JSON.stringify(wanted.map(({ description }) => description))).not.toContain('hush')
  })
})

describe('planWebhooks', () => {
  const exact = listed(incoming)
  const outdated = (id: string) => listed(find(withOtherSecret, 'incoming_event'), id)
  it.each<[name: string, seen: LiveChatWebhook[], missing: string[], surplus: string[]]>([
    ['none', [], ['incoming_event'], []],
    ['the right one', [exact], [], []],
    ['the right one with its filters in another order', [listed(incoming, 'x', { filters: reversed() })], [], []],
    ['the right one with a filter more', [listed(incoming, 'x', { filters: withMore() })], [], []],
    ['one for our own actions, too', [listed(incoming, 'x', { filters: widened() })], ['incoming_event'], ['x']],
    ['one with an earlier secret', [outdated('x')], ['incoming_event'], ['x']],
    ['one without filters', [listed(incoming, 'x', { filters: undefined })], ['incoming_event'], ['x']],
    ['one with other filters', [listed(incoming, 'x', { filters: narrowed() })], ['incoming_event'], ['x']],
    ['three of the right one', [listed(incoming, 'c'), listed(incoming, 'a'), listed(incoming, 'b')], [], ['c', 'b']],
    ['the right one beside an earlier one', [outdated('a'), listed(incoming, 'b')], [], ['a']],
    ['one for an action no longer wanted', [exact, listed(find(wanted, 'incoming_chat'), 'x')], [], ['x']],
    ['one made by hand for this bot', [listed(incoming, 'x', { description: 'mine' })], ['incoming_event'], []],
    ['one without a description', [listed(incoming, 'x', { description: undefined })], ['incoming_event'], []],
    ['one of another installation', [listed(incoming, 'x', { url: `${owner.url}b` })], ['incoming_event'], []],
  ])('plans for %s', (_name, seen, missing, surplus) => {
    expect(plan(seen)).toEqual({ missing, surplus })
  })

  it('removes all of ours, and only ours, if none is wanted', () => {
    const seen = [exact, outdated('x'), listed(incoming, 'y', { description: 'mine' })]
    expect(plan(seen, [])).toEqual({ missing: [], surplus: ['id-1', 'x'] })
  })
})

function reversed() {
  return { source_type: ['system', 'other_clients'] }
}
function withMore() {
  return { ...incoming.filters, chat_presence: {} }
}
function widened() {
  return { ...incoming.filters, source_type: ['other_clients', 'system', 'my_client'] }
}
function narrowed() {
  return { ...incoming.filters, source_type: ['system', 'my_client'] }
}
