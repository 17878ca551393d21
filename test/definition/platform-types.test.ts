import { expect, it } from 'vitest'
import type * as bp from '../../src/bp'

/**
 * Checked by the compiler alone. Each row under an `@ts-expect-error` is a mistake that must not compile; if it begins
 * to compile, the check fails. The other rows show the right way.
 */
const examples = {
  tags: async (client: bp.Client) => {
    await client.getOrCreateConversation({
      channel: 'hitl',
      tags: { livechatChatId: 'c', livechatThreadId: 't' },
      discriminateByTags: ['livechatChatId', 'livechatThreadId'],
    })
    await client.getOrCreateConversation({
      channel: 'hitl',
      // @ts-expect-error a conversation has no tag of this name
      tags: { livechatChat: 'c' },
    })
    await client.getOrCreateConversation({
      channel: 'hitl',
      tags: { livechatChatId: 'c' },
      // @ts-expect-error a conversation is told apart only by tags that it is given
      discriminateByTags: ['livechatThreadId'],
    })
    // @ts-expect-error there is no other channel than hitl
    await client.getOrCreateConversation({ channel: 'livechat', tags: {} })

    await client.listConversations({ channel: 'hitl', tags: { livechatChatId: 'c' } })
    // @ts-expect-error a message tag is no conversation tag
    await client.listConversations({ channel: 'hitl', tags: { livechatEventId: 'e' } })

    await client.updateConversation({ id: 'x', tags: { assignedAgentUserId: 'a' } })
    // @ts-expect-error a conversation has no tag of this name
    await client.updateConversation({ id: 'x', tags: { agent: 'a' } })

    await client.getOrCreateUser({ tags: { livechatAgentEmail: 'e' }, discriminateByTags: ['livechatAgentEmail'] })
    // @ts-expect-error a user has no tag of this name
    await client.getOrCreateUser({ tags: { phone: 'p' } })
    // @ts-expect-error the values of tags are texts
    await client.createUser({ tags: { email: 5 } })
    // @ts-expect-error a user has no tag of this name
    await client.listUsers({ tags: { phone: 'p' } })
  },

  messages: async (client: bp.Client) => {
    const common = { conversationId: 'x', userId: 'u', tags: { livechatEventId: 'e' } }
    await client.getOrCreateMessage({
      ...common,
      type: 'text',
      payload: { text: 'Hello' },
      discriminateByTags: ['livechatEventId'],
    })
    await client.getOrCreateMessage({
      ...common,
      type: 'bloc',
      payload: { items: [{ type: 'markdown', payload: { markdown: '*' } }] },
    })
    // @ts-expect-error a text needs its words
    await client.getOrCreateMessage({ ...common, type: 'text', payload: {} })
    // @ts-expect-error the words of a text are a text
    await client.getOrCreateMessage({ ...common, type: 'text', payload: { text: 5 } })
    // @ts-expect-error an image has an imageUrl
    await client.getOrCreateMessage({ ...common, type: 'image', payload: { url: 'https://example.com' } })
    // @ts-expect-error the channel has no cards
    await client.getOrCreateMessage({ ...common, type: 'card', payload: { title: 'Shoes', actions: [] } })
    // @ts-expect-error a message has no tag of this name
    await client.createMessage({ ...common, type: 'text', payload: { text: 'Hello' }, tags: { eventId: 'e' } })
  },

  events: async (client: bp.Client) => {
    await client.createEvent({ type: 'hitlAssigned', payload: { conversationId: 'x', userId: 'u' } })
    await client.createEvent({ type: 'hitlStopped', payload: { conversationId: 'x' } })
    await client.createEvent({
      type: 'hitlStopped',
      payload: { conversationId: 'x' },
      schedule: { dateTime: '2025-01-01T00:00:00Z' },
    })
    // @ts-expect-error an assignment names the agent
    await client.createEvent({ type: 'hitlAssigned', payload: { conversationId: 'x' } })
    // @ts-expect-error an end names the conversation
    await client.createEvent({ type: 'hitlStopped', payload: {} })
    // @ts-expect-error there is no event of this name
    await client.createEvent({ type: 'hitlStarted', payload: { conversationId: 'x' } })
  },

  states: async (client: bp.Client) => {
    const customer = { customerId: 'c', secret: 's', accessToken: 'a', accessTokenExpiresAtMs: 0 }
    const app = { clientId: 'c', organizationId: 'o' }
    await client.setState({
      type: 'user',
      id: 'u',
      name: 'livechatCustomers',
      payload: { ...app, customers: [customer, { ...customer, region: 'fra' }] },
    })
    await client.setState({ type: 'integration', id: 'i', name: 'probe', payload: { ...app, customer } })
    const { state } = await client.getState({ type: 'user', id: 'u', name: 'livechatCustomers' })
    state.payload.customers satisfies bp.LiveChatCustomerState[]

    // @ts-expect-error customers are kept with users
    await client.getState({ type: 'conversation', id: 'u', name: 'livechatCustomers' })
    // @ts-expect-error there is no state of this name
    await client.getState({ type: 'user', id: 'u', name: 'customers' })
    const nameless = { ...app, customers: [{ customerId: 'c' }] }
    // @ts-expect-error a customer without a secret cannot come back
    await client.setState({ type: 'user', id: 'u', name: 'livechatCustomers', payload: nameless })
    // @ts-expect-error the customers belong to an app and an organization
    await client.setState({ type: 'user', id: 'u', name: 'livechatCustomers', payload: { customers: [customer] } })
    // @ts-expect-error the probe is one customer
    await client.setState({ type: 'integration', id: 'i', name: 'probe', payload: { ...app, customers: [customer] } })
    // @ts-expect-error what was read may be of another state
    state.payload satisfies bp.States['probe']
  },

  actions: (others: Omit<bp.IntegrationProps['actions'], 'createUser' | 'startHitl' | 'stopHitl'>) => {
    const createUser: bp.IntegrationProps['actions']['createUser'] = async ({ input }) => {
      input.name satisfies string
      input.email satisfies string | undefined
      // @ts-expect-error nobody passes a telephone number
      input.phone satisfies unknown
      return { userId: 'u' }
    }
    const stopHitl: bp.IntegrationProps['actions']['stopHitl'] = async ({ input }) => {
      input.conversationId satisfies string
      return {}
    }
    const startHitl: bp.IntegrationProps['actions']['startHitl'] = async ({ input }) => {
      input.userId satisfies string
      // @ts-expect-error the Studio may leave anything in a field
      input.hitlSession?.groupId satisfies number | undefined
      // @ts-expect-error the Studio may leave anything in a field
      input.hitlSession?.customFields satisfies Record<string, string> | undefined
      // @ts-expect-error a title may be missing
      input.title satisfies string
      return { conversationId: 'x' }
    }
    // @ts-expect-error a start gives the conversation
    const startsNothing: bp.IntegrationProps['actions']['startHitl'] = async () => ({})
    // @ts-expect-error a user is given by id
    const createsNobody: bp.IntegrationProps['actions']['createUser'] = async () => ({ id: 'u' })

    const all = { ...others, createUser, startHitl, stopHitl } satisfies bp.IntegrationProps['actions']
    // @ts-expect-error every action is there
    const some = { ...others, createUser, startHitl } satisfies bp.IntegrationProps['actions']
    // @ts-expect-error no other action is there
    const more = { ...all, juggle: stopHitl } satisfies bp.IntegrationProps['actions']
    return { startsNothing, createsNobody, some, more }
  },

  channel: () => {
    const handle = async ({ ack }: bp.AnyMessageProps): Promise<void> => ack({ tags: { livechatEventId: 'e' } })
    const five = { text: handle, image: handle, audio: handle, video: handle, file: handle }
    const six = { messages: { ...five, bloc: handle } } satisfies bp.IntegrationProps['channels']['hitl']
    // @ts-expect-error no type of message is forgotten
    const forgetful = { messages: five } satisfies bp.IntegrationProps['channels']['hitl']
    // @ts-expect-error the channel has no cards
    const eager = { messages: { ...six.messages, card: handle } } satisfies bp.IntegrationProps['channels']['hitl']

    const readText: bp.HitlMessages['text'] = async ({ payload, conversation, ack }) => {
      payload.text satisfies string
      payload.userId satisfies string | undefined
      conversation.tags.livechatThreadId satisfies string | undefined
      // @ts-expect-error a text has no picture
      payload.imageUrl satisfies unknown
      // @ts-expect-error a conversation has no tag of this name
      conversation.tags.threadId satisfies unknown
      // @ts-expect-error a message has no tag of this name
      await ack({ tags: { eventId: 'e' } })
    }
    return { forgetful, eager, readText }
  },

  configuration: (configuration: bp.Configuration) => {
    configuration.webhookSecret satisfies string
    // @ts-expect-error the platform applies no default, so a choice may be missing
    configuration.whenOffline satisfies 'queue' | 'fail'
    // @ts-expect-error a group may be missing
    configuration.groupId satisfies number
    // @ts-expect-error a field that the form does not know may hold anything
    configuration['personalAccessToken'] satisfies string
  },

  history: (entry: bp.MessageHistoryEntry) => {
    if (entry.source.type === 'user') entry.source.userId satisfies string
    // @ts-expect-error the bot has no user id
    if (entry.source.type === 'bot') entry.source.userId satisfies unknown
    switch (entry.type) {
      case 'text':
      case 'image':
      case 'audio':
      case 'video':
      case 'file':
      case 'location':
      case 'carousel':
      case 'card':
      case 'dropdown':
      case 'choice':
      case 'bloc':
        return
      case 'markdown':
        entry.payload.markdown satisfies string
        return
      default:
        entry satisfies never
    }
  },

  setup: () => {
    const register: bp.IntegrationProps['register'] = async ({ ctx, webhookUrl }) => {
      ctx.configuration satisfies bp.Configuration
      webhookUrl satisfies string
    }
    const handler: bp.IntegrationProps['handler'] = async ({ req }) => {
      req.body satisfies string | undefined
      // @ts-expect-error a request may come without a body
      req.body satisfies string
      return { status: 200, body: 'ok' }
    }
    // @ts-expect-error a status is a number
    const answersInWords: bp.IntegrationProps['handler'] = async () => ({ status: 'ok' })
    return { register, handler, answersInWords }
  },
}

it('is checked by the compiler, which reads these examples that nothing calls', () => {
  expect(Object.keys(examples)).toContain('actions')
})
