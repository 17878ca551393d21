import type { Client } from '@botpress/client'
import type { FakeIntegration } from './fake-integration'

export type Desk = {
  /** The integration's conversation of the latest start. */
  conversationId: string
  /** An agent of the desk as the integration's user. */
  agent(name?: string): Promise<string>
  /** Creates a message of the agent, as a webhook would make the integration do. */
  says(agentId: string, text: string, eventId: string): Promise<void>
  /** Runs before `startHitl` returns. */
  duringStart: (conversationId: string) => Promise<void>
}

/** Makes the fake integration behave like a real one: users and conversations through the official client. */
export const answerLikeADesk = (integration: FakeIntegration, client: Client): Desk => {
  let starts = 0
  const desk: Desk = {
    conversationId: '',
    duringStart: async () => undefined,
    agent: async (name) => {
      const { user } = await client.getOrCreateUser({
        tags: { agentId: name ?? 'nameless' },
        discriminateByTags: ['agentId'],
        ...(name ? { name } : {}),
      })
      return user.id
    },
    says: async (agentId, text, eventId) => {
      await client.getOrCreateMessage({
        conversationId: desk.conversationId,
        userId: agentId,
        type: 'text',
        payload: { text },
        tags: { eventId },
        discriminateByTags: ['eventId'],
      })
    },
  }
  integration.on('createUser', async ({ body }) => {
    const { name, email } = body.input as { name: string; email: string }
    const { user } = await client.getOrCreateUser({ tags: { email }, name, discriminateByTags: ['email'] })
    return { body: { output: { userId: user.id }, meta: { cost: 0 } } }
  })
  integration.on('startHitl', async () => {
    starts += 1
    const { conversation } = await client.createConversation({
      channel: 'hitl',
      tags: { chatId: 'c', threadId: `t${starts}` },
    })
    desk.conversationId = conversation.id
    await desk.duringStart(conversation.id)
    return { body: { output: { conversationId: conversation.id }, meta: { cost: 0 } } }
  })
  integration.on('stopHitl', () => ({ body: { output: {}, meta: { cost: 0 } } }))
  return desk
}
